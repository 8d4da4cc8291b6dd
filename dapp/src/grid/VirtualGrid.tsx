import { type ReactNode, useMemo } from 'react';
import { type GridShape, rowsOf } from './columns.ts';
import { useGridShape } from './useGridShape.ts';
import { type HeldFocus, useCardFocus, useHeldFocus } from './useHeldFocus.ts';
import { useKeptPlace } from './useKeptPlace.ts';
import { useRowsInView } from './useRowsInView.ts';

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
      {shape && count > 0 && <Rows {...{ ...cards, shape, focus, total: hasMore ? -1 : count }} />}
    </div>
  );
}

interface RowsProps<Item> extends Cards<Item> {
  shape: GridShape;
  focus: HeldFocus;
  /** -1 while nobody knows. */
  total: number;
}

function Rows<Item>({ items, keyOf, card, shape, focus, total }: RowsProps<Item>) {
  const { columns, rowHeight } = shape;
  const rows = useMemo(() => rowsOf(items, columns), [items, columns]);
  const { first, end } = useRowsInView(focus.list, shape, rows.length);
  return (
    <div class="relative" style={{ height: `${rows.length * rowHeight}px` }}>
      {rows.slice(first, end).map(({ start, items: inRow }, row) => (
        <div
          key={start}
          class="absolute inset-x-0 grid gap-4 pb-4"
          style={{
            ...{ top: `${(first + row) * rowHeight}px`, height: `${rowHeight}px` },
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {inRow.map((item, column) => (
            <Cell
              key={keyOf(item)}
              {...{ focus, total, position: start + column + 1, id: keyOf(item) }}
            >
              {card(item)}
            </Cell>
          ))}
        </div>
      ))}
    </div>
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
