import type { ResourcesConfig } from 'aws-amplify';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import type { KeyValueStorageInterface } from 'aws-amplify/utils';
import type { KeyValueStorage, TokenStore, WalletAuth } from '../types.ts';
import { toTokens } from './providers.ts';
import { watchStorage } from './tokenStore.ts';

/** Amplify's own sign-in and sign-out write to the storage that `auth` reads. */
export function shareTokenProvider(
  auth: WalletAuth,
  storage: KeyValueStorage,
  config: NonNullable<ResourcesConfig['Auth']>,
  store: TokenStore,
): void {
  cognitoUserPoolsTokenProvider.setKeyValueStorage(toAmplifyStorage(storage));
  cognitoUserPoolsTokenProvider.setAuthConfig(config);
  refreshBy(auth, store);
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
