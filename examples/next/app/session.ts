import { cookies } from 'next/headers';
import { WalletAuthError } from 'nft-gallery-client';
import { type VerifiedWallet, verifyIdToken } from 'nft-gallery-client/server';
import { galleryConfig } from './config';

/** `__Host-`: the browser takes it from this very host only, Secure and for every path. */
const COOKIE = '__Host-id-token';
const ATTRIBUTES = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;

/** Whose wallet the cookie proves; null for none, and for one that is forged or has ended. */
export async function currentWallet(): Promise<VerifiedWallet | null> {
  const idToken = (await cookies()).get(COOKIE)?.value;
  if (idToken === undefined) return null;
  try {
    return await verifyIdToken(idToken, await galleryConfig());
  } catch (error) {
    if (error instanceof WalletAuthError && !error.retryable) return null;
    throw error;
  }
}

/** @throws WalletAuthError, and sets no cookie, where the token is none of the gallery */
export async function setWallet(idToken: string): Promise<void> {
  const { expiresAt } = await verifyIdToken(idToken, await galleryConfig());
  (await cookies()).set(COOKIE, idToken, { ...ATTRIBUTES, expires: expiresAt });
}

/** By the same attributes: without Secure a browser would leave a `__Host-` cookie where it is. */
export async function clearWallet(): Promise<void> {
  (await cookies()).set(COOKIE, '', { ...ATTRIBUTES, maxAge: 0 });
}
