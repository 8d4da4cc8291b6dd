'use client';
export { useWalletAuth, WalletAuthProvider, type WalletAuthProviderProps } from './provider.ts';
export type { SessionState } from './sessionStore.ts';
export { type OwnedNfts, type UseOwnedNftsOptions, useOwnedNfts } from './useOwnedNfts.ts';
export { useSession } from './useSession.ts';
