import { useEffect, useRef, useState } from 'react';
import { useGallery } from '../gallery.ts';

interface SearchLoadedProps {
  value: string;
  onSearch(text: string): void;
}

/** A browser refuses a page that writes its address with every key. */
const PAUSE = 250;

/** Searches what is loaded, as one types. */
export function SearchLoaded({ value, onSearch }: SearchLoadedProps) {
  const { texts } = useGallery();
  const [text, setText] = useState(value);
  const search = useRef(onSearch);
  search.current = onSearch;
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => search.current(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <input
      type="search"
      aria-label={texts.owner.filters.search}
      placeholder={texts.owner.filters.search}
      class="h-10 w-52 shrink-0 rounded-full border border-stone-300 bg-white px-4 text-sm dark:border-stone-700 dark:bg-stone-900"
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
    />
  );
}
