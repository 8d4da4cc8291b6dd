import { AwsError, toSignInError } from '../aws/call.ts';
import type { GivenTokens, UserPool } from '../aws/userPool.ts';
import { WalletAuthError } from '../errors.ts';
import type {
  Session,
  SessionChange,
  SessionListener,
  TokenStore,
  Tokens,
  WalletAuthOptions,
} from '../types.ts';
import type { Clock } from './clock.ts';
import { claimsOf, toSession } from './tokens.ts';

/** Tokens are refreshed when they have this long left, so that none ends on its way. */
const MARGIN_MS = 30_000;

export interface KeeperDeps {
  store: TokenStore;
  userPool: UserPool;
  clock: Clock;
  locks: NonNullable<WalletAuthOptions['locks']> | null;
  /** Of the lock that the tabs of one origin share. */
  lockName: string;
}

/** The one session: its tokens, and who hears of it. */
export interface SessionKeeper {
  tokens(): Tokens | null;
  /** Takes the tokens of a sign-in; the session before them is revoked. */
  adopt(given: GivenTokens, chainId: number): Session;
  end(change: SessionChange): void;
  session(): Promise<Session | null>;
  /** @throws WalletAuthError not_signed_in */
  signedIn(): Promise<Session>;
  refresh(): Promise<Session>;
  /** The error for one of Cognito's, which may say that the session is over: then it ends here. */
  endIfRefused(error: unknown): WalletAuthError;
  onChange(listener: SessionListener): () => void;
}

export function keepSession({
  store,
  userPool,
  clock,
  locks,
  lockName,
}: KeeperDeps): SessionKeeper {
  const listeners = new Set<SessionListener>();
  let refreshing: Promise<Session> | null = null;
  let stopWatching = () => {};

  function current(): Session | null {
    const tokens = store.read();
    return tokens && toSession(tokens);
  }

  function tell(change: SessionChange): void {
    const session = current();
    for (const listener of [...listeners]) {
      try {
        listener(session, change);
      } catch (error) {
        reportError(error); // one listener's fault is no other's, nor the sign-in's
      }
    }
  }

  function write(given: GivenTokens, before: Partial<Tokens>, change: SessionChange): Session {
    const refreshToken = given.RefreshToken ?? before.refreshToken ?? '';
    const { IdToken: idToken, AccessToken: accessToken } = given;
    const tokens = { idToken, accessToken, refreshToken, chainId: before.chainId ?? null };
    const session = toSession(tokens);
    if (!session) throw new WalletAuthError('unreadable_response');
    clock.note(Number(claimsOf(idToken).iat) * 1000);
    store.write(tokens);
    tell(change);
    return session;
  }

  function adopt(given: GivenTokens, chainId: number): Session {
    const old = store.read();
    const session = write(given, { chainId }, 'signed-in');
    void userPool.revoke(old?.refreshToken);
    return session;
  }

  function end(change: SessionChange): void {
    const wasThere = store.read() !== null;
    store.write(null);
    if (wasThere) tell(change);
  }

  /** Another tab, or a sign-in, may have been faster: then its session is the answer. */
  async function refreshOnce(seen: Tokens): Promise<Session> {
    const before = store.read();
    if (before?.idToken !== seen.idToken) return orThrow(current());
    const given = await userPool.refresh(before.refreshToken).catch((error: unknown) => {
      if (store.read()?.refreshToken !== before.refreshToken) return null;
      throw endIfRefused(error);
    });
    if (store.read()?.refreshToken === before.refreshToken && given)
      return write(given, before, 'refreshed');
    // Only after a sign-out: what revokes a token revokes all of its session's, the other tab's too.
    if (!store.read()) void userPool.revoke(given?.RefreshToken);
    return orThrow(current());
  }

  function endIfRefused(error: unknown): WalletAuthError {
    const type = error instanceof AwsError ? error.type : '';
    const isReused = type === 'RefreshTokenReuseException';
    if (!isReused && !/^(NotAuthorized|UserNotFound)Exception$/.test(type))
      return toSignInError(error);
    end(isReused ? 'reused' : 'ended');
    return new WalletAuthError(isReused ? 'session_reused' : 'session_ended', { cause: error });
  }

  function orThrow<Value>(value: Value | null): Value {
    if (value === null) throw new WalletAuthError('not_signed_in');
    return value;
  }

  async function locked(): Promise<Session> {
    const seen = orThrow(store.read());
    return locks ? locks.request(lockName, () => refreshOnce(seen)) : refreshOnce(seen);
  }

  function refresh(): Promise<Session> {
    refreshing ??= locked().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function session(): Promise<Session | null> {
    const found = current();
    if (!found || found.expiresAt.getTime() - clock.now() > MARGIN_MS) return found;
    return refresh().catch((error: WalletAuthError) => {
      if (store.read()) throw error;
      return null; // it ended, and the listeners know why
    });
  }

  function onChange(listener: SessionListener): () => void {
    if (listeners.size === 0)
      stopWatching = store.subscribe?.((change = 'other-tab') => tell(change)) ?? stopWatching;
    listeners.add(listener);
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) stopWatching();
    };
  }

  const signedIn = async () => orThrow(await session());

  return {
    tokens: () => store.read(),
    adopt,
    end,
    session,
    signedIn,
    refresh,
    endIfRefused,
    onChange,
  };
}

/** As a page's own listener does: an uncaught error, which ends nothing here. */
function reportError(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
