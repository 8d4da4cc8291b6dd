import { Logo } from '../components/icons.tsx';
import { useGallery } from '../gallery.ts';
import { Link } from '../routing/Link.tsx';
import { HOME } from '../routing/routes.ts';
import { SearchBox } from '../search/SearchBox.tsx';
import { useStore } from '../store.ts';
import { AccountChip } from './AccountChip.tsx';
import { ChainFilter } from './ChainFilter.tsx';

/** 56 px, and a second row where the text is large and the window narrow: where one is, where one can go, and who one is. */
export function Bar() {
  const { router, texts } = useGallery();
  const { page } = useStore(router).page;
  return (
    <header class="@container sticky top-0 z-10 border-b border-stone-200 bg-stone-50/90 backdrop-blur dark:border-stone-800 dark:bg-stone-950/90">
      <div class="mx-auto flex min-h-14 max-w-[160rem] items-center gap-3 px-4 @max-[15rem]:flex-wrap @max-[15rem]:py-2 sm:gap-4 sm:px-6">
        <Link
          to={HOME}
          label={texts.bar.home}
          class="flex shrink-0 items-center gap-2.5 font-semibold"
        >
          <Logo />
          <span class="hidden lg:inline">{texts.title}</span>
        </Link>
        {/* home has the box itself */}
        <div class="min-w-0 grow @max-[15rem]:order-last @max-[15rem]:basis-full">
          {page !== 'home' && <SearchBox size="bar" />}
        </div>
        <ChainFilter />
        <AccountChip hasBox={page !== 'home'} />
      </div>
    </header>
  );
}
