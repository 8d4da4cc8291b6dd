import { useEffect, useLayoutEffect } from 'react';
import { holderOf } from './auth/sessionState.ts';
import { Bar } from './bar/Bar.tsx';
import { BottomBar } from './bar/BottomBar.tsx';
import { keepFocus } from './components/keepFocus.ts';
import { NoticeBar } from './components/NoticeBar.tsx';
import { type Gallery, GalleryContext, useGallery } from './gallery.ts';
import { HomePage } from './home/HomePage.tsx';
import { LazyPage } from './routing/LazyPage.tsx';
import { Link } from './routing/Link.tsx';
import type { Route } from './routing/routes.ts';
import { loadSignIn } from './session/loadSignIn.ts';
import { StorageNotice } from './states/StorageNotice.tsx';
import { useStore } from './store.ts';

export function App({ gallery }: { gallery: Gallery }) {
  const place = useStore(gallery.router);
  const signIn = useStore(gallery.signIn);
  return (
    <GalleryContext.Provider value={gallery}>
      <div class="flex min-h-dvh flex-col">
        <Bar />
        <main
          tabIndex={-1}
          class="mx-auto w-full max-w-[160rem] grow px-4 pb-24 outline-none sm:px-6"
        >
          <StorageNotice />
          {/* another page may take the entry of the one before */}
          <Page key={`${place.key} ${place.page.page}`} route={place.page} />
        </main>
        <footer class="muted mx-auto flex w-full max-w-[160rem] flex-wrap justify-between gap-x-8 gap-y-2 px-4 py-8 text-sm sm:px-6">
          <p>{gallery.texts.footer}</p>
          <Link to={{ page: 'compare' }} class="underline underline-offset-4">
            {gallery.texts.pages.compare}
          </Link>
        </footer>
        {place.dialog?.page === 'token' && (
          <LazyPage load={loadTokenDialog} props={{ token: place.dialog }} />
        )}
        <BottomBar />
        <NoticeBar />
        {signIn.stage !== 'closed' && <LazyPage load={loadSignIn} props={{}} />}
      </div>
    </GalleryContext.Provider>
  );
}

// One constant each, so that a page is not loaded anew when it is drawn again.
const loadOwner = async () => (await import('./owner/OwnerPage.tsx')).OwnerPage;
const loadCollection = async () => (await import('./collection/CollectionPage.tsx')).CollectionPage;
const loadToken = async () => (await import('./token/TokenPage.tsx')).TokenPage;
const loadTokenDialog = async () => (await import('./token/TokenPage.tsx')).TokenDialog;
const loadCompare = async () => (await import('./compare/ComparePage.tsx')).ComparePage;
const loadFind = async () => (await import('./search/FindPage.tsx')).FindPage;
const loadSession = async () => (await import('./session/SessionPage.tsx')).SessionPage;

function Page({ route }: { route: Route }) {
  const { place, router, session, texts } = useGallery();
  const holder = holderOf(useStore(session)) ?? place.keptUser();
  useLayoutEffect(() => window.scrollTo(0, router.scrollTop()), [router]);
  useEffect(keepFocus, []); // after the first frame: to focus earlier would lay the page out twice
  const title = titleOf(route, texts.pages, texts.title);
  useEffect(() => {
    document.title = title;
  }, [title]);
  switch (route.page) {
    case 'home':
      return <HomePage />;
    case 'me':
      return (
        <LazyPage
          key={`${holder}`} // nothing of one wallet is shown to another
          load={loadOwner}
          heading={title}
          props={{ owner: null, options: route.options ?? {} }}
        />
      );
    case 'owner':
      return (
        <LazyPage
          key={route.owner}
          load={loadOwner}
          heading={title}
          props={{ owner: route.owner, options: route.options ?? {} }}
        />
      );
    case 'collection':
      return <LazyPage load={loadCollection} heading={title} props={{ collection: route }} />;
    case 'token':
      return <LazyPage load={loadToken} heading={title} props={{ token: route }} />;
    case 'find':
      return (
        <LazyPage key={route.text} load={loadFind} heading={title} props={{ text: route.text }} />
      );
    case 'compare':
      return <LazyPage load={loadCompare} heading={title} props={{}} />;
    case 'session':
      return <LazyPage load={loadSession} heading={title} props={{}} />;
    case 'unknown':
      return <h1 class="mt-16 text-lg">{texts.pages.unknown}</h1>;
  }
}

/** Of the page until it knows a better one: a name, a token. */
function titleOf(route: Route, pages: Gallery['texts']['pages'], site: string): string {
  if (route.page === 'home') return site;
  if (route.page === 'owner') return `${route.owner} · ${site}`;
  if (route.page === 'collection' || route.page === 'token') return site;
  return `${pages[route.page]} · ${site}`;
}
