import { Logo } from '../components/icons.tsx';
import { useGallery } from '../gallery.ts';
import { Link } from '../routing/Link.tsx';
import { HOME } from '../routing/routes.ts';
import { SearchBox } from '../search/SearchBox.tsx';
import { AccountChip } from './AccountChip.tsx';

/** 56 px: where one is, where one can go, and who one is. */
export function Bar() {
  const { texts } = useGallery();
  return (
    <header class="sticky top-0 z-10 border-b border-stone-200 bg-stone-50/90 backdrop-blur dark:border-stone-800 dark:bg-stone-950/90">
      <div class="mx-auto flex h-14 max-w-[160rem] items-center gap-4 px-4 sm:px-6">
        <Link to={HOME} label={texts.bar.home} class="flex items-center gap-2.5 font-semibold">
          <Logo />
          <span class="hidden lg:inline">{texts.title}</span>
        </Link>
        <SearchBox />
        <AccountChip />
      </div>
    </header>
  );
}
