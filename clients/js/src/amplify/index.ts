import { Amplify, type ResourcesConfig } from 'aws-amplify';
import { Hub } from 'aws-amplify/utils';
import { createWalletAuth } from '../createWalletAuth.ts';
import { browserStorage, openStorage } from '../session/storage.ts';
import type { WalletAuth, WalletAuthConfig, WalletAuthOptions } from '../types.ts';
import { shareProviders } from './providers.ts';
import { amplifyTokens } from './tokenStore.ts';

type LibraryOptions = NonNullable<Parameters<typeof Amplify.configure>[1]>;

export interface AmplifyWalletAuthOptions extends Omit<WalletAuthOptions, 'tokenStore'> {
  /** Of Amplify's other categories, such as `Storage` and `API`. */
  resources?: Omit<ResourcesConfig, 'Auth'>;
  /** As `Amplify.configure` takes them, but for `Auth`. */
  library?: Omit<LibraryOptions, 'Auth'>;
}

let stopListening = () => {};

/**
 * Wallet sign-in whose one session Amplify v6 keeps, under its own keys: aws-amplify/api,
 * aws-amplify/storage and `fetchAuthSession` use its tokens and credentials. Configures Amplify, in
 * place of `Amplify.configure`; the API is `gallery` to it.
 */
export function createAmplifyWalletAuth(
  config: WalletAuthConfig,
  { resources = {}, library = {}, ...options }: AmplifyWalletAuthOptions = {},
): WalletAuth {
  const storage = openStorage(() => options.storage ?? browserStorage());
  const store = amplifyTokens(config?.userPoolClientId, storage, options.now ?? Date.now);
  const auth = createWalletAuth(config, { ...options, storage, tokenStore: store });
  const { apiEndpoint: endpoint, region } = config;
  const REST = { gallery: { endpoint, region, service: 'execute-api' }, ...resources.API?.REST };
  const Auth = { Cognito: toCognito(config) };
  Amplify.configure(
    { ...resources, Auth, API: { ...resources.API, REST } },
    { ...library, Auth: shareProviders(auth, storage, Auth, store) },
  );
  stopListening();
  stopListening = Hub.listen('auth', ({ payload: { event } }) => {
    if (event === 'signedIn') store.notice('signed-in');
    if (event === 'signedOut') leave();
  });
  /** At once, since Amplify tells before it has removed all, and the next sign-in may begin. */
  function leave(): void {
    store.forget();
    void auth.signOut(); // nothing remembers the wallet, and no sign-in goes on
  }
  return auth;
}

function toCognito({
  userPoolId,
  userPoolClientId,
  identityPoolId,
  userPoolEndpoint,
  identityPoolEndpoint,
}: WalletAuthConfig) {
  return {
    ...{ userPoolId, userPoolClientId, identityPoolId, allowGuestAccess: true },
    ...(userPoolEndpoint && { userPoolEndpoint }),
    ...(identityPoolEndpoint && { identityPoolEndpoint }),
  };
}
