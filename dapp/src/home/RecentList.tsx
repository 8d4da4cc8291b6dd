import { nameOf } from '../bar/chainName.ts';
import { useChains } from '../bar/useChains.ts';
import { useGallery } from '../gallery.ts';
import { Link } from '../routing/Link.tsx';
import { toHash } from '../routing/routes.ts';
import { describeRecent } from '../search/describe.ts';
import { useStore } from '../store.ts';

/** The last look-ups of this browser. */
export function RecentList() {
  const { recents, texts } = useGallery();
  const all = useStore(recents);
  const chainName = nameOf(useChains(false));
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="recents-title" class="mt-10">
      <div class="flex items-baseline justify-between gap-4">
        <h2 id="recents-title" class="font-semibold">
          {texts.home.recents}
        </h2>
        <button
          type="button"
          class="muted min-h-11 text-sm underline underline-offset-4"
          onClick={recents.forget}
        >
          {texts.search.forget}
        </button>
      </div>
      <ul class="mt-2 flex flex-wrap gap-2">
        {all.map((recent) => {
          const { title, detail } = describeRecent(recent, texts.search, chainName);
          return (
            <li key={toHash(recent.route)} class="max-w-full">
              <Link
                to={recent.route}
                class="panel flex min-h-11 items-center gap-2 px-4 text-sm hover:border-stone-400 dark:hover:border-stone-600"
              >
                <bdi class="truncate font-medium">{title}</bdi>
                <span class="muted shrink-0 text-xs">{detail}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
