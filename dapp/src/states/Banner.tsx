import type { ReactNode, RefObject } from 'react';
import { useFocusHeir } from './useFocusHeir.ts';

const TONES = {
  quiet: 'border-stone-200 bg-white dark:border-stone-700 dark:bg-stone-900',
  warning:
    'border-amber-300 bg-amber-50 text-amber-950 dark:border-amber-500/40 dark:bg-amber-950 dark:text-amber-50',
  error:
    'border-red-300 bg-red-50 text-red-950 dark:border-red-500/40 dark:bg-red-950 dark:text-red-50',
} as const;

interface BannerProps {
  tone: keyof typeof TONES;
  /** Where the focus goes when this goes away. */
  heir: RefObject<HTMLElement | null>;
  children: ReactNode;
  action?: ReactNode;
}

/** One state, in words, with what can be done about it. */
export function Banner({ tone, heir, children, action }: BannerProps) {
  const element = useFocusHeir(heir);
  return (
    <div
      ref={element}
      class={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-2xl border px-4 py-2.5 text-sm shadow-sm ${TONES[tone]}`}
    >
      <div class="min-w-0 grow basis-60">{children}</div>
      {action}
    </div>
  );
}

export function BannerButton({ children, onClick }: { children: ReactNode; onClick(): void }) {
  return (
    <button
      type="button"
      class="min-h-9 max-w-full rounded-full border border-current px-4 font-medium"
      onClick={onClick}
    >
      {children}
    </button>
  );
}
