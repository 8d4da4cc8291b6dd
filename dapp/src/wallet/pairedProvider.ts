import type { Eip1193Provider } from 'nft-gallery-client';

/** The part of WalletConnect's client that a pairing uses; tests pass their own. */
export interface PairingClient {
  request(call: {
    topic: string;
    chainId: string;
    request: { method: string; params: unknown };
  }): Promise<unknown>;
  on(event: 'session_event' | 'session_delete', listener: (event: PairingEvent) => void): void;
}

export interface PairingEvent {
  topic: string;
  params?: { event: { name: string; data: unknown } };
}

/** What the wallet agreed to. `accounts` as CAIP-10 has them: `eip155:1:0x…`. */
export interface Pairing {
  topic: string;
  accounts: readonly string[];
}

type Listener = (...values: unknown[]) => void;

/** A paired wallet as a page knows wallets: https://eips.ethereum.org/EIPS/eip-1193 */
export function pairedProvider(client: PairingClient, pairing: Pairing): Eip1193Provider {
  const listeners = new Map<string, Set<Listener>>();
  const emit = (name: string, value: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(value);
  };
  let accounts = pairing.accounts.map(addressIn);
  const chain = pairing.accounts[0]?.split(':')[1] ?? '1';
  client.on('session_event', ({ topic, params }) => {
    const { name, data } = params?.event ?? {};
    if (topic !== pairing.topic || name !== 'accountsChanged' || !Array.isArray(data)) return;
    accounts = data.map(addressIn);
    emit('accountsChanged', accounts);
  });
  client.on('session_delete', ({ topic }) => {
    if (topic !== pairing.topic) return;
    accounts = [];
    emit('disconnect', { code: 4900 });
  });

  return {
    async request({ method, params }: { method: string; params?: unknown }) {
      if (method === 'eth_accounts' || method === 'eth_requestAccounts') return accounts;
      if (method === 'eth_chainId') return `0x${Number(chain).toString(16)}`;
      if (method !== 'personal_sign') throw Object.assign(new Error(method), { code: 4200 });
      const asked = { topic: pairing.topic, chainId: `eip155:${chain}` };
      return client.request({ ...asked, request: { method, params } }).catch(rejected);
    },
    on: (name: string, listener: Listener) => {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
    },
    removeListener: (name: string, listener: Listener) => listeners.get(name)?.delete(listener),
  };
}

/** Wallets send accounts with their chain or without. */
const addressIn = (account: unknown) => String(account).split(':').at(-1) ?? '';

/** WalletConnect has codes of its own for a person's no: https://specs.walletconnect.com/2.0/specs/clients/sign/error-codes */
export function rejected(error: unknown): never {
  const code = Reflect.get(Object(error), 'code');
  const isNo = typeof code === 'number' && code >= 5000 && code <= 5003;
  throw isNo ? Object.assign(new Error('rejected'), { code: 4001 }) : error;
}
