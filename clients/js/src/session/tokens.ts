import { parseJson } from '../aws/call.ts';
import type { KeyValueStorage, Session, TokenStore, Tokens } from '../types.ts';

interface Claims {
  wallet?: unknown;
  chain_id?: unknown;
  sub?: unknown;
  /** Seconds since 1970. */
  iat?: unknown;
  exp?: unknown;
}

/** What the ID token says. Nobody verified it: Cognito gave it to us over TLS. */
export function claimsOf(idToken: string): Claims {
  try {
    const payload = idToken.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '';
    const claims = parseJson(atob(payload));
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}

/** null where the ID token is none of a wallet. */
export function toSession(tokens: Tokens): Session | null {
  const { wallet, exp, chain_id } = claimsOf(tokens.idToken);
  if (typeof wallet !== 'string' || typeof exp !== 'number') return null;
  return {
    wallet,
    chainId: tokens.chainId ?? (chain_id ? Number(chain_id) : null),
    expiresAt: new Date(exp * 1000),
    idToken: tokens.idToken,
    accessToken: tokens.accessToken,
  };
}

/** Tokens under one key of a storage; `watch` calls when another tab writes. */
export function storedTokens(
  key: string,
  storage: KeyValueStorage,
  watch = watchStorage,
): TokenStore {
  return {
    read: () => toTokens(parseJson(storage.getItem(key) ?? '')),
    write(tokens) {
      if (tokens) storage.setItem(key, JSON.stringify(tokens));
      else storage.removeItem(key);
    },
    subscribe: (listener) => watch(key, listener),
  };
}

function toTokens(value: unknown): Tokens | null {
  const { idToken, accessToken, refreshToken, chainId } = (value ?? {}) as Partial<Tokens>;
  const isWhole = [idToken, accessToken, refreshToken].every((token) => typeof token === 'string');
  const tokens = { idToken, accessToken, refreshToken, chainId: chainId ?? null } as Tokens;
  return isWhole && toSession(tokens) ? tokens : null;
}

function watchStorage(key: string, listener: () => void): () => void {
  if (typeof addEventListener !== 'function' || typeof document === 'undefined') return () => {};
  const onStorage = (event: StorageEvent) => {
    if (event.key === key || event.key === null) listener();
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}
