import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { nameOf } from '../bar/chainName.ts';
import { useChains } from '../bar/useChains.ts';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';
import { type Description, describeReading, describeRecent } from './describe.ts';
import { visit } from './lookUp.ts';
import { readSearch } from './readSearch.ts';
import type { SuggestionsProps } from './Suggestions.tsx';

export interface Suggestion extends Description {
  id: string;
  choose(): void;
}

export interface SuggestionList {
  isOpen: boolean;
  options: readonly Suggestion[];
  activeId: string | null;
  /** Of all options, how many are look-ups of before. */
  recentCount: number;
  activate(id: string): void;
  choose(suggestion: Suggestion): void;
}

/** https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function useSuggestions(props: SuggestionsProps): SuggestionList {
  const { input, isWanted, want, onShown } = props;
  const [active, setActive] = useState<string | null>(null);
  const { options, recentCount } = useOptions(props);
  const isOpen = isWanted && options.length > 0;
  const at = isOpen ? options.findIndex(({ id }) => id === active) : -1;
  const activeId = options[at]?.id ?? null;

  function choose(suggestion: Suggestion) {
    want(false);
    setActive(null);
    suggestion.choose();
  }

  function step(by: number) {
    want(true);
    const count = options.length + 1; // one place is the box itself
    setActive(options[((at + 1 + by + count) % count) - 1]?.id ?? null);
  }

  function onKeyDown(event: KeyboardEvent) {
    const chosen = options[at];
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Escape') want(false);
    else if (event.key === 'Enter' && chosen && !event.isComposing) choose(chosen);
    else return;
    event.preventDefault();
  }

  useLayoutEffect(() => {
    input?.addEventListener('keydown', onKeyDown);
    return () => input?.removeEventListener('keydown', onKeyDown);
  });
  useEffect(() => onShown({ isOpen, activeId }), [isOpen, activeId, onShown]);
  return { isOpen, options, activeId, recentCount, activate: setActive, choose };
}

function useOptions({ box, isWanted }: SuggestionsProps) {
  const gallery = useGallery();
  const { chainChoice, recents, texts } = gallery;
  const chains = useChains(isWanted);
  const all = useStore(recents);
  const chainId = useStore(chainChoice)?.chainId;
  const { text } = box;

  return useMemo(() => {
    const words = texts.search;
    const chainName = nameOf(chains);
    const enter = describeReading(readSearch(text, chainId), text.trim(), words, chainName);
    const wanted = text.trim().toLowerCase();
    const found = all
      .map((recent) => ({ recent, ...describeRecent(recent, words, chainName) }))
      .filter(({ title }) => title.toLowerCase().includes(wanted));
    const options: Suggestion[] = [
      ...(enter ? [{ id: 'search-enter', ...enter, choose: box.submit }] : []),
      ...found.map(({ recent, title, detail }, index) => ({
        id: `search-recent-${index}`,
        title,
        detail,
        choose: () => visit(recent.route, gallery),
      })),
    ];
    return { options, recentCount: found.length };
  }, [text, all, chains, chainId, texts, gallery, box]);
}
