import { useEffect, useMemo, useState } from 'react';
import { useChains } from '../bar/useChains.ts';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';
import { type Description, describeReading, describeRecent, nameOf } from './describe.ts';
import { loadReader, type Reader, visit } from './lookUp.ts';
import type { SearchText } from './useSearchText.ts';

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
  open(): void;
  close(): void;
  activate(id: string): void;
  choose(suggestion: Suggestion): void;
  forgetRecents(): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function useSuggestions(box: SearchText): SuggestionList {
  const { recents } = useGallery();
  const [isFocused, setFocused] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const { options, recentCount } = useOptions(box, isFocused);
  const isOpen = isFocused && options.length > 0;
  const at = isOpen ? options.findIndex(({ id }) => id === active) : -1;

  function close() {
    setFocused(false);
    setActive(null);
  }

  function choose(suggestion: Suggestion) {
    close();
    suggestion.choose();
  }

  function step(by: number) {
    setFocused(true);
    const count = options.length + 1; // one place is the box itself
    const next = ((at + 1 + by + count) % count) - 1;
    setActive(options[next]?.id ?? null);
  }

  function onKeyDown(event: KeyboardEvent) {
    const chosen = options[at];
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Escape' && isOpen) close();
    else if (event.key === 'Enter' && chosen && !event.isComposing) choose(chosen);
    else return;
    event.preventDefault();
  }

  return {
    isOpen,
    options,
    activeId: options[at]?.id ?? null,
    recentCount,
    open: () => setFocused(true),
    close,
    activate: setActive,
    choose,
    forgetRecents: recents.forget,
    onKeyDown,
  };
}

function useOptions({ text, submit, clear }: SearchText, isFocused: boolean) {
  const gallery = useGallery();
  const { chainChoice, recents, texts } = gallery;
  const [reader, setReader] = useState<{ read: Reader } | null>(null);
  const chains = useChains(isFocused);
  const all = useStore(recents);
  const chainId = useStore(chainChoice)?.chainId;

  useEffect(() => {
    if (isFocused)
      loadReader().then(
        (read) => setReader({ read }),
        () => {}, // the look-up itself says so
      );
  }, [isFocused]);

  return useMemo(() => {
    const words = texts.search;
    const chainName = nameOf(chains);
    const reading = reader?.read(text, chainId);
    const enter = reading ? describeReading(reading, text.trim(), words, chainName) : null;
    const wanted = text.trim().toLowerCase();
    const found = all
      .map((recent) => ({ recent, ...describeRecent(recent, words, chainName) }))
      .filter(({ title }) => title.toLowerCase().includes(wanted));
    const options: Suggestion[] = [
      ...(enter ? [{ id: 'search-enter', ...enter, choose: submit }] : []),
      ...found.map(({ recent, title, detail }, index) => ({
        id: `search-recent-${index}`,
        title,
        detail,
        choose: () => {
          clear();
          visit(recent.route, gallery);
        },
      })),
    ];
    return { options, recentCount: found.length };
  }, [text, reader, all, chains, chainId, texts, gallery, submit, clear]);
}
