import type { WalletAuthErrorCode } from 'nft-gallery-client';

/** The code of the client's error; null for anything else. Its class is loaded with Amplify only. */
export function codeOf(error: unknown): WalletAuthErrorCode | null {
  const isOurs = error instanceof Error && error.name === 'WalletAuthError';
  return isOurs ? (Reflect.get(error, 'code') as WalletAuthErrorCode) : null;
}
