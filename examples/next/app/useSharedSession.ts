import { useRouter } from 'next/navigation';
import type { Session, WalletAuth } from 'nft-gallery-client';
import { useEffect } from 'react';
import { shareSession } from './shareSession';

/** Lets the server know every change of the session, and shows its page anew. */
export function useSharedSession(
  auth: WalletAuth | null,
  known: string | null,
  onError: (error: unknown) => void,
): void {
  const router = useRouter();
  useEffect(() => {
    const share = (session: Session | null) =>
      shareSession(session)
        .then(() => router.refresh())
        .catch(onError);
    const shareUnlessKnown = (session: Session | null) => {
      if ((session?.wallet ?? null) !== known) share(session);
    };
    auth?.session().then(shareUnlessKnown, onError);
    return auth?.onSessionChange(share);
  }, [auth, known, onError, router]);
}
