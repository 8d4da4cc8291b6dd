import { type ReactNode, useEffect, useState } from 'react';
import { useGallery } from '../gallery.ts';
import { CheckIcon, CopyIcon } from './icons.tsx';

interface CopyButtonProps {
  /** What is copied. */
  text: string;
  /** What the button does: `Copy the address`. */
  label: string;
  class?: string;
  /** Words on the button; else there is only the icon. */
  children?: ReactNode;
}

const SHOWN_FOR = 2000;

/** Copies, and says for two seconds how it went. */
export function CopyButton({ text, label, class: extra = '', children }: CopyButtonProps) {
  const { texts } = useGallery();
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [outcome]);

  const said = outcome === null ? '' : texts.copy[outcome];
  return (
    <span class={`inline-flex items-center gap-1 ${extra}`}>
      <button
        type="button"
        aria-label={label}
        title={label}
        class={`muted inline-flex min-h-9 min-w-9 items-center justify-center gap-2 rounded-full text-sm hover:bg-stone-200/70 dark:hover:bg-stone-800 ${children ? 'px-3' : ''}`}
        onClick={() => copy(text).then(setOutcome)}
      >
        {outcome === 'copied' ? <CheckIcon class="size-4" /> : <CopyIcon class="size-4" />}
        {children}
      </button>
      <span role="status" class="text-xs">
        {said}
      </span>
    </span>
  );
}

/** Without https, or with the permission refused, there is no clipboard. */
async function copy(text: string): Promise<'copied' | 'failed'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    return 'failed';
  }
}
