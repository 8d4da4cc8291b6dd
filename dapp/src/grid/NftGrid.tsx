import type { Nft } from 'nft-gallery-client';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { WindowVirtualizer, type WindowVirtualizerHandle } from 'virtua';
import { useGallery } from '../gallery.ts';
import type { NftListQuery } from '../queries/galleryQueries.ts';
import { useStore } from '../store.ts';
import { idOf, moreTokens, shownTokens } from '../token/neighbours.ts';
import { type GridRow, type GridShape, rowsOf } from './columns.ts';
import { GridSkeleton } from './GridSkeleton.tsx';
import { keyOf } from './keyOf.ts';
import { NftCard } from './NftCard.tsx';
import { useGridShape } from './useGridShape.ts';
import { type HeldFocus, useCardFocus, useHeldFocus } from './useHeldFocus.ts';
import { useKeptPlace } from './useKeptPlace.ts';
import { useLoadAhead } from './useLoadAhead.ts';

interface NftGridProps {
  /** What is shown of `list`, in this order. */
  nfts: readonly Nft[];
  list: NftListQuery;
  /** What a screen reader calls it. */
  label: string;
  /** Drawn in the corner of a card. */
  actionOf?(nft: Nft): ReactNode;
}

/** Cards as wide as the page allows; only those near the window are in the document. */
export function NftGrid({ nfts, list, label, actionOf }: NftGridProps) {
  const focus = useHeldFocus();
  const shape = useGridShape(focus.list);
  const firstShown = useRef(0);
  useShownTokens(nfts, list);
  useKeptPlace(shape ? nfts.length : 0);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: rows stand between the list and its items */}
      <div
        ref={focus.list}
        role="list"
        aria-label={label}
        aria-busy={useStore(list).status === 'loading'}
        tabIndex={-1}
        class="rounded-2xl"
      >
        {shape && nfts.length > 0 && (
          <Rows key={shape.columns} {...{ nfts, list, shape, focus, firstShown, actionOf }} />
        )}
      </div>
      <ListEnd list={list} />
    </>
  );
}

interface RowsProps extends Pick<NftGridProps, 'nfts' | 'list'> {
  shape: GridShape;
  focus: HeldFocus;
  firstShown: { current: number };
  actionOf: NftGridProps['actionOf'] | undefined;
}

function Rows({ nfts, list, shape, focus, firstShown, actionOf }: RowsProps) {
  const { columns, rowHeight } = shape;
  const rows = useMemo(() => rowsOf(nfts, columns), [nfts, columns]);
  const handle = useRef<WindowVirtualizerHandle>(null);
  useFirstKept(handle, columns, firstShown);
  const total = list.hasMore() ? -1 : nfts.length;
  return (
    <WindowVirtualizer ref={handle} data={rows} itemSize={rowHeight}>
      {(row: GridRow<Nft>) => (
        <div
          key={row.start}
          class="grid gap-4 pb-4"
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {row.items.map((nft, column) => (
            <Cell
              key={idOf(keyOf(nft))}
              {...{ nft, focus, total, position: row.start + column + 1 }}
              action={actionOf?.(nft)}
            />
          ))}
        </div>
      )}
    </WindowVirtualizer>
  );
}

interface CellProps {
  nft: Nft;
  focus: HeldFocus;
  /** From 1. */
  position: number;
  /** -1 while nobody knows. */
  total: number;
  action: ReactNode;
}

function Cell({ nft, focus, position, total, action }: CellProps) {
  const card = useCardFocus(idOf(keyOf(nft)), focus);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the list
    <div ref={card} role="listitem" aria-posinset={position} aria-setsize={total} class="min-w-0">
      <NftCard nft={nft} action={action} />
    </div>
  );
}

/** A phone that is turned has other columns: the same card stays first. */
function useFirstKept(
  handle: RefObject<WindowVirtualizerHandle | null>,
  columns: number,
  firstShown: { current: number },
) {
  useLayoutEffect(() => {
    if (firstShown.current > 0)
      handle.current?.scrollToIndex(Math.floor(firstShown.current / columns));
    const note = () => {
      const { current } = handle;
      if (current) firstShown.current = current.findItemIndex(current.scrollOffset) * columns;
    };
    window.addEventListener('scroll', note, { passive: true });
    return () => window.removeEventListener('scroll', note);
  }, [handle, columns, firstShown]);
}

/** For the arrows of a token's dialog. */
function useShownTokens(nfts: readonly Nft[], list: NftListQuery) {
  useEffect(() => {
    shownTokens.set(nfts.map(keyOf));
    moreTokens.set(list.loadMore);
    return () => {
      shownTokens.set([]);
      moreTokens.set(null);
    };
  }, [nfts, list]);
}

/** Below the last card: what comes next. */
function ListEnd({ list }: { list: NftListQuery }) {
  const { texts } = useGallery();
  const end = useRef<HTMLDivElement>(null);
  const hasStopped = useLoadAhead(end, list);
  const { status, value } = useStore(list);
  const isAdding = status === 'loading' && value !== null && list.hasMore();
  return (
    <div ref={end} class="min-h-px">
      {isAdding && <GridSkeleton count={12} />}
      {hasStopped && (
        <p class="flex justify-center py-6">
          <button type="button" class="button button-quiet" onClick={list.loadMore}>
            {texts.grid.more}
          </button>
        </p>
      )}
    </div>
  );
}
