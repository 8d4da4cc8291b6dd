import type { Amplify as AmplifyClass, ResourcesConfig } from 'aws-amplify';
import type { Hub as HubClass } from 'aws-amplify/utils';
import { createWalletAuth } from '../createWalletAuth.ts';
import { browserStorage, openStorage } from '../session/storage.ts';
import type { WalletAuthConfig, WalletAuthOptions } from '../types.ts';
import { providersOf } from './providers.ts';
import { amplifyTokens } from './tokenStore.ts';

/** Of aws-amplify, or of @aws-amplify/core alone. */
export interface AmplifyCore {
  Amplify: Pick<typeof AmplifyClass, 'configure'>;
  Hub: Pick<typeof HubClass, 'listen'>;
}

type LibraryOptions = NonNullable<Parameters<typeof AmplifyClass.configure>[1]>;

export interface AmplifyWalletAuthOptions extends Omit<WalletAuthOptions, 'tokenStore'> {
  /** Of Amplify's other categories, such as `Storage` and `API`. */
  resources?: Omit<ResourcesConfig, 'Auth'>;
  /** As `Amplify.configure` takes them, but for `Auth`. */
  library?: Omit<LibraryOptions, 'Auth'>;
}

let stopListening = () => {};

/** Configures Amplify so that it keeps the session of `auth`, and asks `auth` for all else. */
export function openAmplify(
  { Amplify, Hub }: AmplifyCore,
  config: WalletAuthConfig,
  { resources = {}, library = {}, ...options }: AmplifyWalletAuthOptions,
) {
  const storage = openStorage(() => options.storage ?? browserStorage());
  const store = amplifyTokens(config?.userPoolClientId, storage, options.now ?? Date.now);
  const auth = createWalletAuth(config, { ...options, storage, tokenStore: store });
  const { apiEndpoint: endpoint, region } = config;
  const REST = { gallery: { endpoint, region, service: 'execute-api' }, ...resources.API?.REST };
  const Auth = { Cognito: toCognito(config) };
  Amplify.configure(
    { ...resources, Auth, API: { ...resources.API, REST } },
    { ...library, Auth: providersOf(auth) },
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
  return { auth, storage, store, Auth };
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
