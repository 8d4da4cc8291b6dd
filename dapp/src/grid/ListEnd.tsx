import { type RefObject, useRef } from 'react';
import { useGallery } from '../gallery.ts';
import type { NftListQuery } from '../queries/galleryQueries.ts';
import { useFocusHeir } from '../states/useFocusHeir.ts';
import { useStore } from '../store.ts';
import { GridSkeleton } from './GridSkeleton.tsx';
import { useLoadAhead } from './useLoadAhead.ts';

/** Below the last card: what is on its way, or a button where the page no longer asks by itself. */
export function ListEnd({ list }: { list: NftListQuery }) {
  const end = useRef<HTMLDivElement>(null);
  const hasStopped = useLoadAhead(end, list);
  const { status, value } = useStore(list);
  const isAdding = status === 'loading' && value !== null;
  return (
    <div ref={end} tabIndex={-1} class="min-h-px focus:outline-none">
      {isAdding && <GridSkeleton count={12} />}
      {hasStopped && <More heir={end} onClick={list.loadMore} />}
    </div>
  );
}

interface MoreProps {
  heir: RefObject<HTMLElement | null>;
  onClick(): void;
}

function More({ heir, onClick }: MoreProps) {
  const { grid } = useGallery().texts;
  return (
    <div ref={useFocusHeir(heir)} class="flex justify-center py-6">
      <button type="button" class="button button-quiet" onClick={onClick}>
        {grid.more}
      </button>
    </div>
  );
}
