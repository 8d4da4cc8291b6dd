import { useGallery } from '../gallery.ts';
import { toHash } from '../routing/routes.ts';
import type { ChosenView } from './useView.ts';
import { TABS } from './view.ts';

interface TabsProps {
  chosen: ChosenView;
  /** null while nothing is known. */
  counts: { collectionCount: number; hiddenCount: number } | null;
}

/** Real links, in place: each can be opened elsewhere, and Back leaves the page. */
export function Tabs({ chosen: { view, choose, routeWith }, counts }: TabsProps) {
  const { numbers, texts } = useGallery();
  const names = {
    all: texts.owner.all,
    collections: counts
      ? texts.owner.collectionsTab(numbers.count(counts.collectionCount))
      : texts.owner.collections,
    hidden: counts ? texts.owner.hiddenTab(numbers.count(counts.hiddenCount)) : texts.owner.hidden,
  };
  return (
    <nav aria-label={texts.owner.tabs} class="mt-5 border-b border-stone-200 dark:border-stone-800">
      <ul class="flex flex-wrap gap-x-4 sm:gap-x-6 text-sm font-medium">
        {TABS.map((tab) => (
          <li key={tab}>
            <a
              href={toHash(routeWith({ tab }))}
              {...(view.tab === tab && { 'aria-current': 'page' })}
              class="muted flex min-h-11 items-center border-b-2 border-transparent forced-colors:not-aria-[current]:border-[Canvas] aria-[current]:border-amber-600 aria-[current]:text-stone-900 dark:aria-[current]:border-amber-400 dark:aria-[current]:text-stone-100"
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                event.preventDefault();
                choose({ tab });
              }}
            >
              {names[tab]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
