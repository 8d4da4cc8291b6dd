import {
  ConnectButton,
  RainbowKitAuthenticationProvider,
  RainbowKitProvider,
} from '@rainbow-me/rainbowkit';
import type { WalletAuthErrorCode } from 'nft-gallery-client';
import { createRainbowKitAdapter } from 'nft-gallery-client/rainbowkit';
import { useSession, useWalletAuth } from 'nft-gallery-client/react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useAccount } from 'wagmi';

/** RainbowKit's button, its window that asks for the signature, and the session of both. */
export function SignIn({ children }: { children: ReactNode }) {
  const auth = useWalletAuth();
  const { status, session } = useSession();
  const { address } = useAccount();
  const [refusal, setRefusal] = useState<WalletAuthErrorCode | null>(null);
  const adapter = useMemo(
    () => createRainbowKitAdapter(auth, { onError: ({ code }) => setRefusal(code) }),
    [auth],
  );
  const isAnothers = session !== null && address !== undefined && address !== session.wallet;
  useEffect(() => {
    if (isAnothers) auth.signOut();
  }, [auth, isAnothers]);
  useEffect(() => {
    if (session) setRefusal(null);
  }, [session]);
  return (
    <RainbowKitAuthenticationProvider adapter={adapter} status={status}>
      <RainbowKitProvider>
        <ConnectButton showBalance={false} />
        {refusal && <p role="alert">{refusal}</p>}
        {!isAnothers && children}
      </RainbowKitProvider>
    </RainbowKitAuthenticationProvider>
  );
}
