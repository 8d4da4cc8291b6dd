import { useGallery } from '../gallery.ts';
import { Link } from '../routing/Link.tsx';
import { HOME } from '../routing/routes.ts';
import { focusSearch } from '../search/focusSearch.ts';
import { useStore } from '../store.ts';
import { HomeIcon, MineIcon, SearchIcon } from './icons.tsx';

const ITEM =
  'muted flex h-14 grow basis-0 flex-col items-center justify-center gap-0.5 text-xs font-medium aria-[current=page]:text-stone-900 dark:aria-[current=page]:text-white';

/** For a thumb: on phones only. */
export function BottomBar() {
  const { router, texts } = useGallery();
  const { page } = useStore(router).page;
  return (
    <nav
      aria-label={texts.bar.navigation}
      class="sticky bottom-0 z-10 flex border-t border-stone-200 bg-stone-50/95 pb-[env(safe-area-inset-bottom)] backdrop-blur sm:hidden dark:border-stone-800 dark:bg-stone-950/95"
    >
      <Link to={HOME} class={ITEM} isCurrent={page === 'home'}>
        <HomeIcon class="size-5" />
        {texts.bar.homeShort}
      </Link>
      <button type="button" class={ITEM} onClick={focusSearch}>
        <SearchIcon class="size-5" />
        {texts.bar.searchButton}
      </button>
      <Link to={{ page: 'me' }} class={ITEM} isCurrent={page === 'me'}>
        <MineIcon class="size-5" />
        {texts.bar.mine}
      </Link>
    </nav>
  );
}
