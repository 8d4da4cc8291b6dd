import { useState } from 'react';
import { useGallery } from '../gallery.ts';
import { useSignInTexts } from '../text/pages/signIn.ts';

interface RememberProps {
  class?: string;
  onChange?(): void;
}

/** Whether the session outlives the tab; where the browser keeps nothing, that it cannot. */
export function Remember({ class: extra = '', onChange = () => {} }: RememberProps) {
  const { place } = useGallery();
  const words = useSignInTexts();
  const [isKept, setKept] = useState(place.get() === 'browser');
  if (place.isBlocked())
    return (
      <p role="note" class={`rounded-xl bg-amber-100 p-3 text-sm text-amber-950 ${extra}`}>
        {words.blocked}
      </p>
    );
  return (
    <label class={`flex min-h-11 items-center gap-3 px-3 text-sm ${extra}`}>
      <input
        type="checkbox"
        class="size-4 accent-stone-900 dark:accent-stone-100"
        checked={isKept}
        onChange={(event) => {
          const isWanted = event.currentTarget.checked;
          place.move(isWanted ? 'browser' : 'tab');
          setKept(isWanted);
          onChange();
        }}
      />
      {words.remember}
    </label>
  );
}
