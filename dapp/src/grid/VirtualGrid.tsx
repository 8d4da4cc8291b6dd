import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { WindowVirtualizer, type WindowVirtualizerHandle } from 'virtua';
import { type GridRow, type GridShape, rowsOf } from './columns.ts';
import { useGridShape } from './useGridShape.ts';
import { type HeldFocus, useCardFocus, useHeldFocus } from './useHeldFocus.ts';
import { useKeptPlace } from './useKeptPlace.ts';

export interface Cards<Item> {
  items: readonly Item[];
  /** Another for each item. */
  keyOf(item: Item): string;
  /** A card with a link in it. */
  card(item: Item): ReactNode;
}

interface VirtualGridProps<Item> extends Cards<Item> {
  /** What a screen reader calls it. */
  label: string;
  isBusy?: boolean;
  /** More are to come, nobody knows how many. */
  hasMore?: boolean;
}

/** Cards as wide as the page allows; only those near the window are in the document. */
export function VirtualGrid<Item>(props: VirtualGridProps<Item>) {
  const { label, isBusy = false, hasMore = false, ...cards } = props;
  const focus = useHeldFocus();
  const firstShown = useRef(0);
  const shape = useGridShape(focus.list);
  const count = cards.items.length;
  useKeptPlace(shape ? count : 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows stand between the list and its items
    <div
      ref={focus.list}
      role="list"
      aria-label={label}
      aria-busy={isBusy}
      tabIndex={-1}
      class="rounded-2xl"
    >
      {shape && count > 0 && (
        <Rows
          key={shape.columns}
          {...{ ...cards, shape, focus, firstShown, total: hasMore ? -1 : count }}
        />
      )}
    </div>
  );
}

interface RowsProps<Item> extends Cards<Item> {
  shape: GridShape;
  focus: HeldFocus;
  firstShown: { current: number };
  /** -1 while nobody knows. */
  total: number;
}

function Rows<Item>({ items, keyOf, card, shape, focus, firstShown, total }: RowsProps<Item>) {
  const { columns, rowHeight } = shape;
  const rows = useMemo(() => rowsOf(items, columns), [items, columns]);
  const handle = useRef<WindowVirtualizerHandle>(null);
  useFirstKept(handle, columns, firstShown);
  return (
    <WindowVirtualizer ref={handle} data={rows} itemSize={rowHeight}>
      {(row: GridRow<Item>) => (
        <div
          key={row.start}
          class="grid gap-4 pb-4"
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {row.items.map((item, column) => (
            <Cell
              key={keyOf(item)}
              {...{ focus, total, position: row.start + column + 1, id: keyOf(item) }}
            >
              {card(item)}
            </Cell>
          ))}
        </div>
      )}
    </WindowVirtualizer>
  );
}

interface CellProps {
  id: string;
  focus: HeldFocus;
  /** From 1. */
  position: number;
  total: number;
  children: ReactNode;
}

function Cell({ id, focus, position, total, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the list
    <div
      ref={useCardFocus(id, focus)}
      role="listitem"
      aria-posinset={position}
      aria-setsize={total}
      class="min-w-0"
    >
      {children}
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
