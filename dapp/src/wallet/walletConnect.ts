// The one file that knows WalletConnect: a chunk of its own, loaded when somebody chooses it.
import { SignClient } from '@walletconnect/sign-client';
import { type PairingClient, pairedProvider, rejected } from './pairedProvider.ts';
import type { Wallet } from './wallet.ts';

export interface Project {
  projectId: string;
  /** Of the page, for the wallet to show. */
  name: string;
  origin: string;
}

export interface PairingOptions extends Project {
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
export async function pairWallet({ onUri, signal, ...project }: PairingOptions): Promise<Wallet> {
  client ??= await openClient(project);
  const paired = client;
  const leave = () => void paired.core.relayer.transportClose().catch(() => {});
  signal.addEventListener('abort', leave, { once: true });
  const { uri, approval } = await paired.connect({
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
    provider: pairedProvider(paired as PairingClient, { topic, accounts }),
  };
}

/** One for the page: a second one would answer the first one's wallets. */
let client: Client | null = null;

type Client = Awaited<ReturnType<typeof SignClient.init>>;

async function openClient({ projectId, name, origin }: Project): Promise<Client> {
  const opened = await SignClient.init({
    projectId,
    telemetryEnabled: false,
    storage: inMemory(),
    metadata: { name, description: name, url: origin, icons: [`${origin}/favicon.svg`] },
  });
  opened.core.verify.register = async () => ''; // it would put a frame of another host into the page
  return opened;
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
