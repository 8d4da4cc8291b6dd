import { nameOf } from '../bar/chainName.ts';
import { useChains } from '../bar/useChains.ts';
import { useGallery } from '../gallery.ts';
import { Link } from '../routing/Link.tsx';
import { toHash } from '../routing/routes.ts';
import { describeRecent } from './describe.ts';
import { leaveBox } from './draft.ts';
import type { Recent } from './recents.ts';

/** Pages that a text may have meant, as links. */
export function Choices({ choices }: { choices: readonly Recent[] }) {
  const { draft, recents, texts } = useGallery();
  const chainName = nameOf(useChains(choices.length > 0));
  if (choices.length === 0) return null;
  return (
    <ul class="mt-6 grid gap-3 sm:grid-cols-2">
      {choices.map((choice) => {
        const { title, detail } = describeRecent(choice, texts.search, chainName);
        return (
          <li key={toHash(choice.route)}>
            <Link
              to={choice.route}
              onFollow={() => {
                recents.add(choice.route);
                leaveBox(draft);
              }}
              class="panel block p-4 hover:border-stone-400 dark:hover:border-stone-600"
            >
              <span class="muted block text-sm">{detail}</span>
              <bdi class="mt-1 block truncate font-medium">{title}</bdi>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
