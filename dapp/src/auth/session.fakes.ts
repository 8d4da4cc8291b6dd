// A wallet and a user pool to test sessions with.
import { createStore } from '../store.ts';
import type { Wallet } from '../wallet/wallet.ts';
import type { UserPool } from './cloud.ts';
import { createSession } from './session.ts';

export const A = '0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
export const B = '0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A wallet that can be told to refuse, to be locked, to change its account. */
export function fakeWallet(rdns: string, accounts: string[]) {
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();
  const fake = { accounts, refuses: false, sign: async (): Promise<unknown> => '0xsigned' };
  const answers: Record<string, () => unknown> = {
    eth_requestAccounts: () => fake.accounts,
    eth_accounts: () => fake.accounts,
    eth_chainId: () => '0x1',
    personal_sign: () => fake.sign(),
  };
  const wallet: Wallet = {
    uuid: rdns,
    rdns,
    name: rdns,
    icon: null,
    provider: {
      request: async ({ method }) => {
        if (fake.refuses) throw { code: 4001 };
        return answers[method]?.();
      },
      on: (event, listener) =>
        listeners.set(event, (listeners.get(event) ?? new Set()).add(listener as never)),
      removeListener: (event, listener) => listeners.get(event)?.delete(listener as never),
    },
  };
  const emit = (event: string, ...args: unknown[]) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(...args);
  };
  return { ...fake, fake, wallet, emit };
}

interface World {
  tokens: string | null;
  signOuts: number;
  answers: number;
  duringAnswer(): void;
  isForged: boolean;
  isOffline: boolean;
  wasReused: boolean;
  revoke(): Promise<void>;
}

export function setUp({ pathname = '/', tokens = null as string | null, remembered = '' } = {}) {
  const world: World = {
    tokens,
    signOuts: 0,
    answers: 0,
    duringAnswer: () => {},
    isForged: false,
    isOffline: false,
    wasReused: false,
    revoke: async () => {},
  };
  const kept = new Map(remembered ? [['nft-gallery.wallet', remembered]] : []);
  const wallets = createStore<readonly Wallet[]>([]);
  const userPool: UserPool = {
    id: 'us-east-1_Pool',
    signUp: async () => true,
    startSignIn: async () => ({
      nonce: 'k3p9Zq0aWn5dL8',
      issuedAt: '2026-01-02T03:04:05Z',
      chainIds: '1',
    }),
    answerChallenge: async () => {
      world.answers += 1;
      world.duringAnswer();
      await settle();
      if (!world.isForged) world.tokens = A;
      return !world.isForged;
    },
    currentUsername: async () => world.tokens,
    idTokenClaims: async () =>
      world.tokens ? { auth_time: 1, iat: 901, exp: 1801, chain_id: '1' } : null,
    wasReused: () => world.wasReused,
    revokeEverywhere: () => world.revoke(),
    signOut: async () => {
      world.tokens = null;
      world.signOuts += 1;
    },
  };
  const session = createSession({
    loadUserPool: async () => {
      if (world.isOffline) throw new TypeError('Failed to fetch');
      return userPool;
    },
    wallets: { ...wallets, list: wallets.get },
    site: { host: 'gallery.example', origin: 'https://gallery.example', pathname },
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    mayHaveTokens: () => world.tokens !== null,
    randomBytes: (length) => new Uint8Array(length),
    delay: async () => {},
  });
  return { world, kept, wallets, session };
}
