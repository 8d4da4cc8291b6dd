'use client';
import {
  createWalletAuth,
  type WalletAuth,
  type WalletAuthConfig,
  WalletAuthError,
} from 'nft-gallery-client';
import { useCallback, useState } from 'react';
import { useSharedSession } from './useSharedSession';
import { useWallets } from './useWallets';

interface SignInProps {
  config: WalletAuthConfig;
  /** The wallet that the server read in the cookie. */
  known: string | null;
}

export function SignIn({ config, known }: SignInProps) {
  const wallets = useWallets();
  const [auth] = useState(() => (typeof window === 'undefined' ? null : createWalletAuth(config)));
  const [refusal, setRefusal] = useState('');
  const refuse = useCallback((error: unknown) => setRefusal(reasonOf(error)), []);
  useSharedSession(auth, known, refuse);

  function attempt(run: (auth: WalletAuth) => Promise<unknown>) {
    setRefusal('');
    if (auth) run(auth).catch(refuse);
  }

  return (
    <>
      {known && (
        <button type="button" onClick={() => attempt((auth) => auth.signOut())}>
          Sign out
        </button>
      )}
      {!known &&
        wallets.map(({ info, provider }) => (
          <button
            type="button"
            key={info.uuid}
            onClick={() => attempt((auth) => auth.signIn(provider))}
          >
            Sign in with {info.name}
          </button>
        ))}
      {refusal && <p role="alert">{refusal}</p>}
    </>
  );
}

function reasonOf(error: unknown): string {
  return error instanceof WalletAuthError ? error.code : 'failed';
}
