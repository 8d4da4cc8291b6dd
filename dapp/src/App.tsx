import { CollectionLookup } from './components/CollectionLookup.tsx';
import { ConnectButton } from './components/ConnectButton.tsx';
import { Hero } from './components/Hero.tsx';
import { Logo } from './components/icons.tsx';
import { MyNfts } from './components/MyNfts.tsx';
import { NoticeBar } from './components/NoticeBar.tsx';
import type { Gallery } from './gallery.ts';
import { useStore } from './store.ts';

export function App({ gallery }: { gallery: Gallery }) {
  const session = useStore(gallery.session);
  return (
    <div class="flex min-h-dvh flex-col">
      <header class="sticky top-0 z-10 border-b border-stone-200 bg-stone-50/90 backdrop-blur dark:border-stone-800 dark:bg-stone-950/90">
        <div class="mx-auto flex h-16 max-w-6xl items-center justify-between gap-4 px-4 sm:px-6">
          <p class="flex items-center gap-2.5 font-semibold tracking-tight">
            <Logo />
            NFT Gallery
          </p>
          <ConnectButton gallery={gallery} />
        </div>
      </header>
      <main class="mx-auto w-full max-w-6xl grow px-4 pb-24 sm:px-6">
        <Hero />
        <CollectionLookup gallery={gallery} />
        {session.status === 'signed-in' && <MyNfts key={session.address} gallery={gallery} />}
      </main>
      <footer class="muted mx-auto w-full max-w-6xl px-4 py-8 text-sm sm:px-6">
        NFT data by Alchemy and Moralis. Names, pictures and texts come from the NFTs’ makers.
      </footer>
      <NoticeBar session={gallery.session} />
    </div>
  );
}
