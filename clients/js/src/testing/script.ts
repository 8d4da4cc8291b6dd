import { createSiweMessage, type SiweMessage } from '../signIn/siwe.ts';
import type { MessageSigner } from '../types.ts';
import type { Call, TestWalletSwitches } from './types.ts';

interface State extends TestWalletSwitches {
  selected: MessageSigner;
  prompts: number;
}

type Method = (state: State, params: unknown[]) => unknown;

const PROMPTS = new Set(['eth_requestAccounts', 'personal_sign', 'wallet_connect']);

const METHODS: Record<string, Method> = {
  eth_accounts: (state) => (state.connected && !state.locked ? [state.selected.address] : []),
  eth_requestAccounts(state) {
    if (state.locked) return [];
    state.connected = true;
    return [state.selected.address];
  },
  eth_chainId: (state) => `0x${state.chainId.toString(16)}`,
  personal_sign: (state, [message]) => sign(state, fromHex(String(message))),
  wallet_connect: connect,
};

/** What the wallet answers. Throws as wallets do: an error with EIP-1193's code. */
export async function respond(state: State, { method, params = [] }: Call): Promise<unknown> {
  if (applies(state.hangs, method)) return new Promise(() => {});
  const run = METHODS[method];
  const isMissing =
    (method === 'personal_sign' && !state.hasPersonalSign) ||
    (method === 'wallet_connect' && !state.hasWalletConnect);
  if (!run || isMissing) throw providerError(4200, `unsupported ${method}`);
  const isConnecting = method === 'eth_requestAccounts' && state.connected;
  if (PROMPTS.has(method) && !isConnecting) state.prompts += 1;
  if (applies(state.refuses, method) && PROMPTS.has(method))
    throw providerError(4001, 'User rejected the request.');
  return run(state, params);
}

function applies(which: boolean | readonly string[], method: string): boolean {
  return typeof which === 'boolean' ? which : which.includes(method);
}

async function connect(state: State, [request]: unknown[]): Promise<unknown> {
  if (state.locked) return { accounts: [] };
  state.connected = true;
  const { address } = state.selected;
  const { capabilities } = request as { capabilities?: { signInWithEthereum?: Asked } };
  const asked = capabilities?.signInWithEthereum;
  if (!asked || !state.hasSignInCapability) return { accounts: [{ address, capabilities: {} }] };
  const message = createSiweMessage({
    ...EMPTY,
    ...asked,
    address,
    chainId: Number(asked.chainId),
  });
  const signInWithEthereum = { message, signature: await sign(state, message) };
  return { accounts: [{ address, capabilities: { signInWithEthereum } }] };
}

type Asked = Omit<SiweMessage, 'chainId' | 'address'> & { chainId: string };

const EMPTY = { statement: null, expirationTime: null };

async function sign(state: State, message: string): Promise<unknown> {
  if (state.garbage !== undefined) return state.garbage;
  if (state.wrongSignatures > 0) {
    state.wrongSignatures -= 1;
    return (state.signsAs ?? state.selected).signMessage(`not ${message}`);
  }
  return (state.signsAs ?? state.selected).signMessage(message);
}

function fromHex(hex: string): string {
  const pairs = hex.slice(2).match(/../g) ?? [];
  return new TextDecoder().decode(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
}

function providerError(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}
