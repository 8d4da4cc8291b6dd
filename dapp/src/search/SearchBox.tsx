import { type ComponentType, useEffect, useRef, useState } from 'react';
import { SearchIcon } from '../bar/icons.tsx';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';
import { SEARCH_BOX_ID } from './draft.ts';
import type { Shown, SuggestionsProps } from './Suggestions.tsx';
import { useSearchKeys } from './useSearchKeys.ts';
import { useSearchText } from './useSearchText.ts';

const OPTIONS_ID = 'search-options';
const NOTHING: Shown = { isOpen: false, activeId: null };

interface SearchBoxProps {
  /** In the bar, or on the page that begins with it. */
  size: 'bar' | 'page';
}

/** One box for whatever people paste. It is in the document once. */
export function SearchBox({ size }: SearchBoxProps) {
  const { intend, router, texts } = useGallery();
  const input = useRef<HTMLInputElement>(null);
  const box = useSearchText(input);
  const [isNear, setNear] = useState(false);
  const [isWanted, want] = useState(false);
  const [shown, setShown] = useState(NOTHING);
  const Suggestions = useSuggestionList(isNear);
  useSearchKeys(input, () => want(true));
  const { key, page } = useStore(router);
  useEffect(() => want(false), [key, page]);

  return (
    <search
      class={`relative w-full max-w-2xl ${size === 'bar' ? '' : 'block'}`}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) want(false);
      }}
    >
      {/* before the script runs, this method sends nothing and leads nowhere */}
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          want(false);
          box.submit();
        }}
      >
        <SearchIcon class="muted pointer-events-none absolute top-1/2 left-4 size-5 -translate-y-1/2" />
        <input
          ref={input}
          id={SEARCH_BOX_ID}
          type="text"
          name="search"
          role="combobox"
          aria-label={texts.bar.search}
          aria-autocomplete="list"
          aria-controls={OPTIONS_ID}
          aria-expanded={shown.isOpen}
          {...(shown.activeId && { 'aria-activedescendant': shown.activeId })}
          placeholder={texts.bar.search}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="search"
          class={`w-full rounded-full border border-stone-300 bg-white pr-4 pl-11 text-ellipsis md:pr-11 placeholder:text-stone-600 dark:border-stone-700 dark:bg-stone-900 dark:placeholder:text-stone-400 ${size === 'bar' ? 'h-10 text-sm' : 'h-14 text-base shadow-xs'}`}
          onFocus={() => {
            intend();
            setNear(true); // it opens once something is typed or pressed
          }}
          onInput={(event) => {
            box.setText(event.currentTarget.value);
            want(true);
          }}
          onClick={() => want(true)}
        />
        <span
          aria-hidden="true"
          class="muted pointer-events-none absolute top-1/2 right-3 hidden -translate-y-1/2 rounded-md border border-stone-300 px-1.5 py-0.5 font-mono text-xs md:block dark:border-stone-700"
        >
          /
        </span>
        <button type="submit" class="sr-only" tabIndex={-1}>
          {texts.bar.searchButton}
        </button>
      </form>
      {Suggestions && (
        <Suggestions
          {...{ id: OPTIONS_ID, box, input: input.current, isWanted, want, onShown: setShown }}
        />
      )}
    </search>
  );
}

/** The list's own script comes with the first focus; without it the box works all the same. */
function useSuggestionList(isNear: boolean): ComponentType<SuggestionsProps> | null {
  const [list, setList] = useState<{ Suggestions: ComponentType<SuggestionsProps> } | null>(null);
  useEffect(() => {
    if (isNear && !list) import('./Suggestions.tsx').then(setList, () => {});
  }, [isNear, list]);
  return list?.Suggestions ?? null;
}
