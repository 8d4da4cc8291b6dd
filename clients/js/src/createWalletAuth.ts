import { createApiFetch } from './api/apiFetch.ts';
import { type Fetch, toSignInError } from './aws/call.ts';
import { connectIdentityPool } from './aws/identityPool.ts';
import { connectUserPool, type GivenTokens } from './aws/userPool.ts';
import { WalletAuthError } from './errors.ts';
import { createClock } from './session/clock.ts';
import { keepCredentials } from './session/credentials.ts';
import { keepSession } from './session/keeper.ts';
import { openStorage } from './session/storage.ts';
import { storedTokens, toSession } from './session/tokens.ts';
import { openPendingSignIn } from './signIn/pendingSignIn.ts';
import { isSharedOrigin } from './signIn/sharedOrigin.ts';
import { readAddress, signInWithWallet } from './signIn/signInWithWallet.ts';
import { rememberSignUps } from './signIn/signUps.ts';
import type {
  DeletedAccount,
  Eip1193Provider,
  Session,
  SessionChange,
  Signer,
  SignInOptions,
  WalletAuth,
  WalletAuthConfig,
  WalletAuthOptions,
  WalletEvent,
} from './types.ts';
import type { Address } from './wallet/address.ts';
import { isLoss, watchProvider } from './wallet/watchWallet.ts';

const REQUIRED = [
  'region',
  'userPoolId',
  'userPoolClientId',
  'identityPoolId',
  'apiEndpoint',
] as const;

/** Wallet sign-in for one stack. Asks nothing of the network or of a wallet by itself. */
export function createWalletAuth(
  config: WalletAuthConfig,
  options: WalletAuthOptions = {},
): WalletAuth {
  const missing = REQUIRED.find((key) => typeof config?.[key] !== 'string' || config[key] === '');
  if (missing) throw new WalletAuthError('invalid_config', { message: `config lacks ${missing}` });
  const page = globalThis.location as Location | undefined;
  const origin = options.origin ?? page?.origin;
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const storage = openStorage(() => options.storage ?? browserStorage());
  const clock = createClock(options.now ?? Date.now);
  const key = (name: string) => `nft-gallery.${name}.${config.userPoolClientId}`;
  const userPool = connectUserPool(config, fetch);
  const identityPool = connectIdentityPool(config, fetch);
  const signUps = rememberSignUps(config.userPoolId, storage);
  const store = options.tokenStore ?? storedTokens(key('session'), storage);
  const locks = options.locks === undefined ? browserLocks() : options.locks;
  const keeper = keepSession({ store, userPool, clock, locks, lockName: key('refresh') });
  const credentials = keepCredentials({
    keeper,
    identityPool,
    clock,
    storage,
    guestKey: key('guest'),
  });
  /** Aborted when another sign-in, or a sign-out, makes the one under way count for nothing. */
  let underWay = new AbortController();

  function begin(signal: AbortSignal | undefined): AbortSignal {
    underWay.abort();
    underWay = new AbortController();
    const mine = underWay;
    if (signal?.aborted) mine.abort(signal.reason);
    signal?.addEventListener('abort', () => mine.abort(signal.reason), { once: true });
    return mine.signal;
  }

  function signInDeps() {
    if (!origin) throw new WalletAuthError('invalid_config', { message: 'origin is not known' });
    if (options.origin === undefined && isSharedOrigin(page?.pathname ?? ''))
      throw new WalletAuthError('shared_origin');
    return { userPool, signUps, clock, origin: new URL(origin).origin };
  }

  async function sign(signer: Signer, wishes: SignInOptions, onlyAddress: Address | null) {
    const deps = signInDeps();
    const signal = begin(wishes.signal);
    const known = onlyAddress ?? wishes.address ?? storage.getItem(key('wallet'));
    const knownAddress = known === null ? null : readAddress(known);
    const cancel = () => underWay.abort();
    const asked = { ...wishes, signal, cancel, knownAddress, onlyAddress };
    return signInWithWallet(signer, asked, deps);
  }

  async function signIn(signer: Signer, wishes: SignInOptions = {}): Promise<Session> {
    const { given, chainId } = await sign(signer, wishes, null);
    return adopt(given, chainId);
  }

  function adopt(given: GivenTokens, chainId: number): Session {
    const session = keeper.adopt(given, chainId);
    storage.setItem(key('wallet'), session.wallet.toLowerCase());
    return session;
  }

  async function signOut({ everywhere = false } = {}): Promise<void> {
    if (everywhere) await signOutEverywhere();
    await leave('signed-out', !everywhere);
  }

  async function signOutEverywhere(): Promise<void> {
    const session = await keeper.session(); // refreshed: an expired access token ends nothing
    if (!session) throw new WalletAuthError('not_signed_in');
    await userPool.signOutEverywhere(session.accessToken).catch((error: unknown) => {
      throw toSignInError(error);
    });
  }

  /** Here at once; a refresh token that cannot be revoked ends by itself, and nobody has it. */
  async function leave(change: SessionChange, isToBeRevoked: boolean): Promise<void> {
    const tokens = keeper.tokens();
    underWay.abort();
    storage.removeItem(key('wallet'));
    keeper.end(change);
    if (tokens && isToBeRevoked) await userPool.revoke(tokens.refreshToken).catch(() => {});
  }

  async function deleteAccount(
    signer: Signer,
    wishes: SignInOptions = {},
  ): Promise<DeletedAccount> {
    const session = await keeper.session();
    if (!session) throw new WalletAuthError('not_signed_in');
    const address = readAddress(session.wallet);
    const { given } = await sign(signer, wishes, address);
    const identityId = await identityPool.identityId(given.IdToken).catch(() => null);
    try {
      await userPool.deleteUser(given.AccessToken);
    } catch (error) {
      if (given.RefreshToken) await userPool.revoke(given.RefreshToken).catch(() => {});
      throw toSignInError(error);
    }
    signUps.remove(address);
    await leave('signed-out', false);
    return { wallet: session.wallet, identityId };
  }

  function watchWallet(
    provider: Eip1193Provider,
    listener: (event: WalletEvent) => void = () => {},
  ): () => void {
    return watchProvider(provider, (event) => {
      const tokens = keeper.tokens();
      if (tokens && isLoss(event, toSession(tokens)?.wallet)) void leave('wallet-changed', true);
      listener(event);
    });
  }

  return {
    signIn,
    startSignIn: async ({ address, statement }) =>
      openPendingSignIn(readAddress(address), { statement }, signInDeps(), adopt),
    session: keeper.session,
    onSessionChange: keeper.onChange,
    refresh: keeper.refresh,
    signOut,
    deleteAccount,
    credentials,
    fetch: createApiFetch({
      ...{ config, fetch, clock, keeper, credentials },
      sleep: options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    }),
    watchWallet,
  };
}

/** Outside of a page, Node's and Deno's storage would outlive the script. */
function browserStorage(): Storage {
  if (typeof document === 'undefined') throw new Error('no page');
  return localStorage;
}

/** Only secure contexts have them. */
function browserLocks(): NonNullable<WalletAuthOptions['locks']> | null {
  return (globalThis.navigator as Navigator | undefined)?.locks ?? null;
}
