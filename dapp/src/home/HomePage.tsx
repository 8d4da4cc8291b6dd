import { useEffect } from 'react';
import { onChain } from '../bar/chainChoice.ts';
import { useGallery } from '../gallery.ts';
import { LazyPage } from '../routing/LazyPage.tsx';
import { Link } from '../routing/Link.tsx';
import { keepBoxFocus } from '../search/draft.ts';
import { SearchBox } from '../search/SearchBox.tsx';
import { useIsLive, useStore } from '../store.ts';
import { FEATURED, type Featured } from './featured.ts';

const loadRecents = async () => (await import('./RecentList.tsx')).RecentList;

/** Begins with the box, and something to look at. Whoever is signed in sees their own. */
export function HomePage() {
  const { chainChoice, draft, recents, router, session, texts } = useGallery();
  const isLive = useIsLive();
  const hasRecents = useStore(recents).length > 0 && isLive;
  const isSignedIn = useStore(session).status === 'signed-in';
  useEffect(() => {
    const chainId = chainChoice.get()?.chainId ?? null;
    if (!isSignedIn) return;
    keepBoxFocus(draft);
    router.go(onChain({ page: 'me' }, chainId), { replace: true });
  }, [isSignedIn, router, chainChoice, draft]);

  return (
    <div class="mx-auto max-w-5xl pt-12 sm:pt-20">
      <h1 class="text-[min(2.25rem,11vw)] leading-tight font-semibold tracking-tight text-balance sm:text-[min(3.75rem,9vw)]">
        {texts.home.promise}
      </h1>
      <p class="muted mt-4 max-w-2xl text-lg text-pretty">{texts.home.explanation}</p>
      <div class="mt-8">
        <SearchBox size="page" />
      </div>
      {hasRecents && <LazyPage load={loadRecents} props={{}} />}
      <section aria-labelledby="featured-title" class="mt-14">
        <h2 id="featured-title" class="text-xl font-semibold tracking-tight">
          {texts.home.featured}
        </h2>
        <ul class="mt-5 grid gap-5 sm:grid-cols-3">
          {FEATURED.map((collection) => (
            <FeaturedCard key={collection.contract} collection={collection} />
          ))}
        </ul>
        <p class="muted mt-4 text-xs">{texts.home.drawnHere}</p>
      </section>
    </div>
  );
}

function FeaturedCard({ collection }: { collection: Featured }) {
  const { chainId, contract, name, picture } = collection;
  return (
    <li>
      <Link
        to={{ page: 'collection', chainId, contract }}
        class="panel group block overflow-hidden transition-shadow hover:shadow-lg hover:shadow-stone-900/8 dark:hover:border-stone-600 dark:hover:shadow-none"
      >
        <img
          src={`./collections.svg#${picture}`}
          alt=""
          width="480"
          height="480"
          class="aspect-[4/3] w-full object-cover transition duration-300 group-hover:scale-102 sm:aspect-square"
        />
        <span class="block p-4 font-medium">{name}</span>
      </Link>
    </li>
  );
}
