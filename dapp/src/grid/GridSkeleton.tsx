/** The same rule as in columns.ts, for the browser to compute before the script has measured. */
export const GRID =
  'grid grid-cols-[repeat(auto-fill,minmax(min(100%,max(8rem,min(11.5rem,calc(50%_-_0.5rem)))),1fr))] gap-4';

/** As large as the cards that are to come; those that would lie below the window are cut. */
export function GridSkeleton({ count = 24 }: { count?: number }) {
  return (
    <div class={`${GRID} max-h-[100dvh] overflow-hidden`} aria-hidden="true">
      {Array.from({ length: count }, (_, number) => (
        <CardSkeleton key={number} />
      ))}
    </div>
  );
}

function CardSkeleton() {
  return (
    <div class="panel animate-pulse overflow-hidden">
      <div class="aspect-square bg-stone-200 dark:bg-stone-800" />
      <div class="flex h-16 flex-col justify-center gap-2.5 px-3">
        <div class="h-3.5 w-3/4 rounded bg-stone-200 dark:bg-stone-800" />
        <div class="h-3 w-1/2 rounded bg-stone-200 dark:bg-stone-800" />
      </div>
    </div>
  );
}
