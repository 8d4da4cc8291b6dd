import { parseJson } from '../aws/call.ts';
import { claimsOf, toSession } from '../session/tokens.ts';
import type { KeyValueStorage, SessionChange, TokenStore, Tokens } from '../types.ts';

/** As `DefaultTokenStore` of @aws-amplify/auth spells them. */
const PREFIX = 'CognitoIdentityServiceProvider';
const NAMES = ['refreshToken', 'accessToken', 'clockDrift', 'signInDetails', 'idToken'] as const;

type Values = Record<(typeof NAMES)[number], string>;

export interface AmplifyTokenStore extends TokenStore {
  /** To be called after somebody else may have written. */
  notice(change?: SessionChange): void;
  /** Ends what another has begun to end. */
  forget(): void;
}

/**
 * The one session, where Amplify v6 keeps it: each of the two reads what the other has written.
 * The chain that was signed for is a part of the sign-in details, which Amplify hands on.
 */
export function amplifyTokens(
  clientId: string,
  storage: KeyValueStorage,
  now: () => number,
): AmplifyTokenStore {
  const lastUserKey = `${PREFIX}.${clientId}.LastAuthUser`;
  const key = (username: string, name: string) => `${PREFIX}.${clientId}.${username}.${name}`;
  const listeners = new Set<(change?: SessionChange) => void>();
  let seen = read()?.idToken;

  function read(): Tokens | null {
    const username = storage.getItem(lastUserKey);
    if (username === null) return null;
    const [refreshToken, accessToken, , details, idToken] = NAMES.map((name) =>
      storage.getItem(key(username, name)),
    );
    if (!refreshToken || !accessToken || !idToken) return null;
    const { chainId } = (parseJson(details ?? '') ?? {}) as { chainId?: unknown };
    const known = typeof chainId === 'number' ? chainId : null;
    const tokens = { idToken, accessToken, refreshToken, chainId: known };
    return toSession(tokens) && tokens;
  }

  function write(tokens: Tokens | null): void {
    const before = storage.getItem(lastUserKey);
    const username = tokens && String(toSession(tokens)?.wallet).toLowerCase();
    if (before !== null && before !== username) remove(before);
    if (tokens && username) {
      const values = toValues(tokens, username, now());
      for (const name of NAMES) storage.setItem(key(username, name), values[name]);
      storage.setItem(lastUserKey, username);
    }
    seen = tokens?.idToken;
  }

  function remove(username: string): void {
    storage.removeItem(lastUserKey);
    for (const name of NAMES) storage.removeItem(key(username, name));
  }

  /** Several keys change at once, and a listener hears of it once. */
  function notice(change?: SessionChange): void {
    const idToken = read()?.idToken;
    if (idToken === seen) return;
    seen = idToken;
    for (const listener of [...listeners]) listener(change);
  }

  return {
    read,
    write,
    notice,
    forget() {
      const username = storage.getItem(lastUserKey);
      if (username !== null) remove(username);
      notice('signed-out');
    },
    subscribe(listener) {
      const stop = watchStorage(({ key }) => {
        if (key === null || key.startsWith(`${PREFIX}.${clientId}.`)) notice();
      });
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
  };
}

function toValues(tokens: Tokens, username: string, now: number): Values {
  const { idToken, accessToken, refreshToken, chainId } = tokens;
  const details = { loginId: username, authFlowType: 'CUSTOM_WITHOUT_SRP', chainId };
  return {
    refreshToken,
    accessToken,
    clockDrift: String(Number(claimsOf(accessToken).iat) * 1000 - now || 0),
    signInDetails: JSON.stringify(details),
    idToken,
  };
}

/** What other tabs write. Returns the function that stops it. */
export function watchStorage(listener: (event: StorageEvent) => void): () => void {
  if (typeof document === 'undefined') return () => {};
  addEventListener('storage', listener);
  return () => removeEventListener('storage', listener);
}
