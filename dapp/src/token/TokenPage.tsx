import { Dialog } from '../components/Dialog.tsx';
import { useGallery } from '../gallery.ts';
import type { Route } from '../routing/routes.ts';

interface TokenProps {
  token: Extract<Route, { page: 'token' }>;
}

/** Opened directly. */
export function TokenPage({ token }: TokenProps) {
  return <p class="mt-10">{token.tokenId}</p>;
}

/** Over the grid that it was opened from. */
export function TokenDialog({ token }: TokenProps) {
  const { router } = useGallery();
  return (
    <Dialog id="token" title={token.tokenId} onClose={router.close}>
      <TokenPage token={token} />
    </Dialog>
  );
}
