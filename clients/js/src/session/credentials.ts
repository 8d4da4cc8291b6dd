import { AwsError, toSignInError } from '../aws/call.ts';
import type { IdentityPool } from '../aws/identityPool.ts';
import { WalletAuthError } from '../errors.ts';
import type { AwsCredentials, KeyValueStorage } from '../types.ts';
import type { Clock } from './clock.ts';
import type { SessionKeeper } from './keeper.ts';
import { claimsOf } from './tokens.ts';

/** As AWS's own SDKs do: credentials are renewed five minutes before they end. */
const MARGIN_MS = 300_000;

export interface CredentialsDeps {
  keeper: SessionKeeper;
  identityPool: IdentityPool;
  clock: Clock;
  storage: KeyValueStorage;
  /** Of the guest's identity, which a browser keeps: Cognito makes few of them a second. */
  guestKey: string;
}

/** Credentials of whoever is signed in; of a guest where nobody is. */
export function keepCredentials(deps: CredentialsDeps): () => Promise<AwsCredentials> {
  const { keeper, identityPool, clock, storage, guestKey } = deps;
  let kept: { of: unknown; credentials: Promise<AwsCredentials> } | null = null;

  async function take(idToken: string | null): Promise<AwsCredentials> {
    const identityId = await identityPool.identityId(idToken);
    return identityPool.credentials(identityId, idToken);
  }

  async function takeAsGuest(): Promise<AwsCredentials> {
    const known = storage.getItem(guestKey);
    if (known) {
      // gone, or a wallet has taken it for its own: then this browser gets another
      const credentials = await identityPool.credentials(known, null).catch(orNullIfRefused);
      if (credentials) return credentials;
    }
    const credentials = await take(null);
    storage.setItem(guestKey, credentials.identityId);
    return credentials;
  }

  /** A session that was ended elsewhere has no credentials: this caller is a guest again. */
  async function takeAsWallet(idToken: string): Promise<AwsCredentials> {
    const credentials = await take(idToken).catch(orNullIfRefused);
    if (credentials) return credentials;
    const { idToken: renewed } = await keeper.refresh();
    return take(renewed);
  }

  function renew(of: unknown, idToken: string | null) {
    const entry = { of, credentials: idToken ? takeAsWallet(idToken) : takeAsGuest() };
    kept = entry;
    entry.credentials.catch(() => {
      if (kept === entry) kept = null;
    });
    return entry;
  }

  async function current(): Promise<AwsCredentials> {
    const idToken = (await keeper.session())?.idToken ?? null;
    const of = idToken && claimsOf(idToken).sub; // a wallet whose user was deleted has another
    const found = kept?.of === of && kept ? kept : renew(of, idToken);
    const credentials = await found.credentials;
    if (credentials.expiration.getTime() - clock.now() > MARGIN_MS) return credentials;
    return (kept === found || kept?.of !== of ? renew(of, idToken) : found).credentials;
  }

  return async () => {
    try {
      return await current().catch((error: unknown) => {
        const isOver = error instanceof WalletAuthError && keeper.tokens() === null;
        return isOver ? current() : Promise.reject(error);
      });
    } catch (error) {
      const isRefused = error instanceof AwsError && error.type === 'NotAuthorizedException';
      throw isRefused ? new WalletAuthError('forbidden', { cause: error }) : toSignInError(error);
    }
  };
}

function orNullIfRefused(error: unknown): null {
  const type = error instanceof AwsError ? error.type : '';
  if (/^(NotAuthorized|ResourceNotFound|ResourceConflict)Exception$/.test(type)) return null;
  throw error;
}
