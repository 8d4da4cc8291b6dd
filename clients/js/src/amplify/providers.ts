import type { ResourcesConfig } from 'aws-amplify';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import type { KeyValueStorageInterface } from 'aws-amplify/utils';
import { claimsOf } from '../session/tokens.ts';
import type { KeyValueStorage, Session, TokenStore, WalletAuth } from '../types.ts';
import { watchStorage } from './tokenStore.ts';

/** Amplify's tokens and credentials, all by `auth`, so that nobody refreshes beside it. */
export function shareProviders(
  auth: WalletAuth,
  storage: KeyValueStorage,
  config: NonNullable<ResourcesConfig['Auth']>,
  store: TokenStore,
) {
  cognitoUserPoolsTokenProvider.setKeyValueStorage(toAmplifyStorage(storage));
  cognitoUserPoolsTokenProvider.setAuthConfig(config);
  refreshBy(auth, store);
  return {
    tokenProvider: {
      async getTokens({ forceRefresh = false } = {}) {
        const session = await (forceRefresh ? refreshed(auth) : auth.session());
        return session && toTokens(session);
      },
    },
    credentialsProvider: {
      async getCredentialsAndIdentityId() {
        const { identityId, ...credentials } = await auth.credentials();
        return { credentials, identityId };
      },
      clearCredentialsAndIdentityId() {}, // the next ones are those of the session there is then
    },
  };
}

/** null where there is no session any more, as Amplify's own provider answers. */
async function refreshed(auth: WalletAuth): Promise<Session | null> {
  return auth.refresh().catch(async (error: unknown) => {
    if (await auth.session()) throw error;
    return null;
  });
}

function toTokens({ idToken, accessToken, wallet }: Session) {
  const loginId = wallet.toLowerCase();
  return {
    idToken: toJwt(idToken),
    accessToken: toJwt(accessToken),
    signInDetails: { loginId, authFlowType: 'CUSTOM_WITHOUT_SRP' as const },
  };
}

function toJwt(token: string) {
  return { payload: claimsOf(token) as Record<string, never>, toString: () => token };
}

/** For who asks Amplify's own token provider: a refresh token is good for one refresh. */
function refreshBy(auth: WalletAuth, store: TokenStore): void {
  cognitoUserPoolsTokenProvider.tokenOrchestrator.setTokenRefresher(
    async ({ tokens, username }) => {
      const session = await auth.refresh();
      const refreshToken = store.read()?.refreshToken ?? '';
      return { ...tokens, ...toTokens(session), refreshToken, username };
    },
  );
}

function toAmplifyStorage(storage: KeyValueStorage): KeyValueStorageInterface {
  return {
    getItem: async (key) => storage.getItem(key),
    setItem: async (key, value) => storage.setItem(key, value),
    removeItem: async (key) => storage.removeItem(key),
    clear: async () => {}, // it removes its keys one by one
    addListener: (listener) =>
      watchStorage(({ key, oldValue, newValue }) => void listener({ key, oldValue, newValue })),
  };
}
