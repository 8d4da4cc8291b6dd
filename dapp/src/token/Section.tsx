import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  children: ReactNode;
}

export function Section({ title, children }: SectionProps) {
  return (
    <section class="border-t border-stone-200 pt-5 dark:border-stone-800">
      <h2 class="text-base font-semibold">{title}</h2>
      <div class="mt-3">{children}</div>
    </section>
  );
}

/** A name and what belongs to it, side by side where there is room. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div class="flex flex-wrap gap-x-3">
      <dt class="muted w-28 sm:w-32 shrink-0 py-2">{name}</dt>
      <dd class="flex min-h-9 min-w-0 flex-1 basis-40 flex-wrap items-center gap-x-1 wrap-anywhere">
        {children}
      </dd>
    </div>
  );
}
