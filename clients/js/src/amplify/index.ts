import { Amplify } from 'aws-amplify';
import { Hub } from 'aws-amplify/utils';
import type { WalletAuth, WalletAuthConfig } from '../types.ts';
import { type AmplifyWalletAuthOptions, openAmplify } from './open.ts';
import { shareTokenProvider } from './tokenProvider.ts';

export type { AmplifyWalletAuthOptions } from './open.ts';

/**
 * Wallet sign-in whose one session Amplify v6 keeps, under its own keys: aws-amplify/api,
 * aws-amplify/storage and `fetchAuthSession` use its tokens and credentials. Configures Amplify, in
 * place of `Amplify.configure`; the API is `gallery` to it.
 */
export function createAmplifyWalletAuth(
  config: WalletAuthConfig,
  options: AmplifyWalletAuthOptions = {},
): WalletAuth {
  const { auth, storage, store, Auth } = openAmplify({ Amplify, Hub }, config, options);
  shareTokenProvider(auth, storage, Auth, store);
  return auth;
}
