import { useGallery } from '../gallery.ts';
import type { SearchText } from './useSearchText.ts';
import { useSuggestions } from './useSuggestions.ts';

/** What a screen reader is told of the list, by the box. */
export interface Shown {
  isOpen: boolean;
  activeId: string | null;
}

export interface SuggestionsProps {
  /** Of the list, for the box to name. */
  id: string;
  box: SearchText;
  input: HTMLInputElement | null;
  isWanted: boolean;
  want(isWanted: boolean): void;
  onShown(shown: Shown): void;
}

/** What Enter does, and the last look-ups. The focus stays in the box. */
export function Suggestions(props: SuggestionsProps) {
  const { recents, texts } = useGallery();
  const list = useSuggestions(props);
  const { id } = props;
  const { activeId, isOpen, options, recentCount } = list;
  return (
    <div
      hidden={!isOpen}
      class="panel absolute inset-x-0 top-full z-20 mt-2 overflow-hidden p-2 shadow-xl shadow-stone-900/10"
    >
      <div id={id} role="listbox" aria-label={texts.search.suggestions}>
        {options.map((option) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's, which has the focus
          <div
            key={option.id}
            id={option.id}
            role="option"
            tabIndex={-1}
            aria-selected={option.id === activeId}
            class="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 py-1.5 aria-selected:bg-stone-100 dark:aria-selected:bg-stone-800"
            onMouseDown={(event) => event.preventDefault()}
            onMouseEnter={() => list.activate(option.id)}
            onClick={() => list.choose(option)}
          >
            <bdi class="min-w-0 grow truncate text-sm font-medium">{option.title}</bdi>
            <span class="muted shrink-0 text-xs">{option.detail}</span>
          </div>
        ))}
      </div>
      {recentCount > 0 && (
        <button
          type="button"
          class="muted mt-1 min-h-9 rounded-lg px-3 text-xs underline underline-offset-4"
          onClick={recents.forget}
        >
          {texts.search.forget}
        </button>
      )}
    </div>
  );
}
