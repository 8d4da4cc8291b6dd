// The one file that knows WalletConnect: a chunk of its own, loaded when somebody chooses it.
import { SignClient } from '@walletconnect/sign-client';
import { type PairingClient, pairedProvider, rejected } from './pairedProvider.ts';
import type { Wallet } from './wallet.ts';

export interface PairingOptions {
  projectId: string;
  /** Of the page, for the wallet to show. */
  name: string;
  origin: string;
  /** To be drawn as a QR code, or opened on the phone itself. */
  onUri(uri: string): void;
  signal: AbortSignal;
}

const METHODS = ['personal_sign'];
const EVENTS = ['accountsChanged', 'chainChanged'];

/**
 * Pairs with a wallet elsewhere. Keys live as long as the page: nothing of the pairing is kept.
 * https://specs.walletconnect.com/2.0/specs/clients/sign/
 */
export async function pairWallet({
  projectId,
  name,
  origin,
  onUri,
  signal,
}: PairingOptions): Promise<Wallet> {
  const client = await SignClient.init({
    projectId,
    telemetryEnabled: false,
    storage: inMemory(),
    metadata: { name, description: name, url: origin, icons: [`${origin}/favicon.svg`] },
  });
  client.core.verify.register = async () => ''; // it would put a frame of another host into the page
  const leave = () => client.core.relayer.transportClose().catch(() => {});
  signal.addEventListener('abort', leave, { once: true });
  const { uri, approval } = await client.connect({
    optionalNamespaces: { eip155: { chains: ['eip155:1'], methods: METHODS, events: EVENTS } },
  });
  if (uri) onUri(uri);
  const { topic, namespaces } = await approval().catch(rejected);
  signal.removeEventListener('abort', leave);
  const accounts = Object.values(namespaces).flatMap((namespace) => namespace.accounts);
  return {
    uuid: WALLET_CONNECT,
    rdns: WALLET_CONNECT,
    name: 'WalletConnect',
    icon: null,
    provider: pairedProvider(client as PairingClient, { topic, accounts }),
  };
}

const WALLET_CONNECT = 'com.walletconnect';

function inMemory() {
  const kept = new Map<string, unknown>();
  return {
    getKeys: async () => [...kept.keys()],
    getEntries: async <Value>() => [...kept.entries()] as [string, Value][],
    getItem: async <Value>(key: string) => kept.get(key) as Value | undefined,
    setItem: async (key: string, value: unknown) => void kept.set(key, value),
    removeItem: async (key: string) => void kept.delete(key),
  };
}
