import { createApiFetch } from './api/apiFetch.ts';
import { type Fetch, toSignInError } from './aws/call.ts';
import { connectIdentityPool } from './aws/identityPool.ts';
import { connectUserPool, type GivenTokens } from './aws/userPool.ts';
import { WalletAuthError } from './errors.ts';
import { createClock } from './session/clock.ts';
import { keepCredentials } from './session/credentials.ts';
import { keepSession } from './session/keeper.ts';
import { browserStorage, openStorage } from './session/storage.ts';
import { storedTokens, toSession } from './session/tokens.ts';
import { openPendingSignIn } from './signIn/pendingSignIn.ts';
import { isSharedOrigin } from './signIn/sharedOrigin.ts';
import { signInWithWallet } from './signIn/signInWithWallet.ts';
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
import { type Address, isAddress, readAddress } from './wallet/address.ts';
import { isLoss, watchProvider } from './wallet/watchWallet.ts';

const REQUIRED = [
  'region',
  'userPoolId',
  'userPoolClientId',
  'identityPoolId',
  'apiEndpoint',
] as const;
const ENDPOINTS = ['apiEndpoint', 'publicUrl', 'userPoolEndpoint', 'identityPoolEndpoint'] as const;

/** Tokens go to these addresses. */
const SAFE = /^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1)[:/]/;

/** Wallet sign-in for one stack. Asks nothing of the network or of a wallet by itself. */
export function createWalletAuth(
  config: WalletAuthConfig,
  options: WalletAuthOptions = {},
): WalletAuth {
  const wrong =
    REQUIRED.find((key) => typeof config?.[key] !== 'string' || config[key] === '') ??
    ENDPOINTS.find((key) => config[key] && !SAFE.test(config[key]));
  if (wrong) throw new WalletAuthError('invalid_config', { message: `config: ${wrong}` });
  const page = globalThis.location as Location | undefined;
  const origin = options.origin ?? page?.origin;
  // called by itself: a window's own `fetch` works on no other object
  const fetch: Fetch = (url, init) => (options.fetch ?? globalThis.fetch)(url, init);
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

  function begin(signal?: AbortSignal): AbortController {
    underWay.abort();
    const mine = new AbortController();
    underWay = mine;
    if (signal?.aborted) mine.abort(signal.reason);
    signal?.addEventListener('abort', () => mine.abort(signal.reason), { once: true });
    return mine;
  }

  function signInDeps() {
    if (!origin || !URL.canParse(origin))
      throw new WalletAuthError('invalid_config', { message: 'origin' });
    if (options.origin === undefined && isSharedOrigin(page?.pathname ?? ''))
      throw new WalletAuthError('shared_origin');
    return { userPool, signUps, clock, origin: new URL(origin).origin };
  }

  async function sign(signer: Signer, wishes: SignInOptions, onlyAddress: Address | null) {
    const deps = signInDeps();
    const mine = begin(wishes.signal);
    const stored = storage.getItem(key('wallet'));
    const known = onlyAddress ?? wishes.address ?? (isAddress(stored) ? stored : null);
    const knownAddress = known === null ? null : readAddress(known);
    const cancel = () => mine.abort();
    const asked = { ...wishes, signal: mine.signal, cancel, knownAddress, onlyAddress };
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
    const { accessToken } = await keeper.signedIn(); // refreshed: an expired one ends nothing
    await userPool.signOutEverywhere(accessToken).catch((error: unknown) => {
      throw keeper.endIfRefused(error);
    });
  }

  /** Here at once; a refresh token that cannot be revoked ends by itself, and nobody has it. */
  async function leave(change: SessionChange, isToBeRevoked: boolean): Promise<void> {
    const tokens = keeper.tokens();
    if (change === 'signed-out') underWay.abort(); // else it watches the wallet by itself
    storage.removeItem(key('wallet'));
    keeper.end(change);
    if (isToBeRevoked) await userPool.revoke(tokens?.refreshToken);
  }

  async function deleteAccount(
    signer: Signer,
    wishes: SignInOptions = {},
  ): Promise<DeletedAccount> {
    const { wallet } = await keeper.signedIn();
    const address = readAddress(wallet);
    const { given } = await sign(signer, wishes, address);
    const identityId = await identityPool.identityId(given.IdToken).catch(() => null);
    try {
      await userPool.deleteUser(given.AccessToken);
    } catch (error) {
      await userPool.revoke(given.RefreshToken);
      throw toSignInError(error);
    }
    signUps.remove(address);
    await leave('signed-out', false);
    return { wallet, identityId };
  }

  function watchWallet(
    provider: Eip1193Provider,
    listener: (event: WalletEvent) => void = () => {},
    { keepSession = false } = {},
  ): () => void {
    return watchProvider(provider, (event) => {
      const tokens = !keepSession && keeper.tokens();
      if (tokens && isLoss(event, toSession(tokens)?.wallet)) void leave('wallet-changed', true);
      listener(event);
    });
  }

  return {
    signIn,
    startSignIn: async ({ address, statement }) =>
      openPendingSignIn(
        readAddress(address),
        { statement },
        signInDeps(),
        () => begin().signal,
        adopt,
      ),
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

/** Only secure contexts have them. */
function browserLocks(): NonNullable<WalletAuthOptions['locks']> | null {
  return (globalThis.navigator as Navigator | undefined)?.locks ?? null;
}
