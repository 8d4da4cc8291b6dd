import { useEffect, useState } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { Spinner, WalletIcon } from '../components/icons.tsx';
import { useGallery } from '../gallery.ts';
import { LazyPage } from '../routing/LazyPage.tsx';
import { useSignInTexts } from '../text/pages/signIn.ts';
import { loadQrCode } from './loadQrCode.ts';

/** Only where the gallery has a project at WalletConnect; nothing of it is loaded before it is chosen. */
export function OfferWalletConnect({ class: row }: { class: string }) {
  const { loadConfig, signIn } = useGallery();
  const words = useSignInTexts();
  const [isOffered, setOffered] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    loadConfig().then(
      ({ walletConnectProjectId: id }) => isCurrent && setOffered(id !== null),
      () => {}, // whichever wallet is chosen next says so
    );
    return () => {
      isCurrent = false;
    };
  }, [loadConfig]);
  if (!isOffered) return null;
  return (
    <button type="button" class={row} onClick={() => void signIn.pair()}>
      <WalletIcon class="size-[min(2rem,10vw)] shrink-0 p-1" />
      {words.walletConnect}
    </button>
  );
}

export function Pairing({ uri }: { uri: string | null }) {
  const { signIn, texts } = useGallery();
  const words = useSignInTexts();
  return (
    <div class="mt-4 grid gap-4">
      <p role="status" class="muted text-sm">
        {uri === null ? texts.pages.loading : words.walletConnectHint}
      </p>
      {uri === null ? (
        <Spinner />
      ) : (
        <>
          <LazyPage load={loadQrCode} props={{ text: uri, label: words.walletConnectQr }} />
          <a href={uri} class="button button-primary pointer-fine:hidden">
            {words.walletConnectOpen}
          </a>
          <CopyButton text={uri} label={words.copyLink} class="justify-center" />
        </>
      )}
      <button type="button" class="button button-quiet" onClick={signIn.open}>
        {words.back}
      </button>
    </div>
  );
}
