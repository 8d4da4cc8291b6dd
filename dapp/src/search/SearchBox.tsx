import { useState } from 'react';
import { useGallery } from '../gallery.ts';
import { parseHash } from '../routing/routes.ts';

/** One box for whatever people paste. */
export function SearchBox() {
  const { intend, router, texts } = useGallery();
  const [text, setText] = useState('');
  return (
    <search class="grow">
      <form
        onFocusCapture={intend}
        onSubmit={(event) => {
          event.preventDefault();
          router.go(parseHash(`#/w/${encodeURIComponent(text.trim())}`));
        }}
      >
        <input
          type="search"
          name="search"
          aria-label={texts.bar.search}
          placeholder={texts.bar.search}
          class="h-10 w-full max-w-2xl rounded-full border border-stone-300 bg-white px-4 text-sm dark:border-stone-700 dark:bg-stone-900"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  );
}
