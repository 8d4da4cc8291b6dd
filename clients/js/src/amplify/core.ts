import type { WalletAuth, WalletAuthConfig } from '../types.ts';
import { type AmplifyCore, type AmplifyWalletAuthOptions, openAmplify } from './open.ts';

export type { AmplifyCore, AmplifyWalletAuthOptions } from './open.ts';

/**
 * As `createAmplifyWalletAuth` of `./amplify`, for a page whose wallets sign in by this client only:
 * Amplify's own sign-in does not share the session, and is not loaded (8 KiB, minified, brotli).
 */
export function createAmplifyCoreWalletAuth(
  core: AmplifyCore,
  config: WalletAuthConfig,
  options: AmplifyWalletAuthOptions = {},
): WalletAuth {
  return openAmplify(core, config, options).auth;
}
