/** All in rem, so that larger text makes larger cards. GridSkeleton.tsx has the same rule, for the browser. */
const LEAST = 11.5;
/** Two stand side by side on a phone, unless the text is so large that they would be this narrow. */
const LEAST_OF_TWO = 8;
/** Under the art: a title and a line. */
const TEXT = 4;

export interface GridShape {
  columns: number;
  /** Of a row with its gap, in pixels. */
  rowHeight: number;
}

/** How many cards fill `width` pixels, where a rem has `rem` pixels and cards stand `gap` rem apart. */
export function shapeOf(width: number, rem: number, gap: number): GridShape {
  const space = gap * rem;
  const half = (width - space) / 2;
  const least = Math.min(width, Math.max(LEAST_OF_TWO * rem, Math.min(LEAST * rem, half)));
  const columns = Math.max(1, Math.floor((width + space) / (least + space) + 0.001));
  const cardWidth = (width - (columns - 1) * space) / columns;
  return { columns, rowHeight: cardWidth + (TEXT + gap) * rem };
}

export interface GridRow<Item> {
  /** Where its first stands in the list, from 0. */
  start: number;
  items: readonly Item[];
}

export function rowsOf<Item>(items: readonly Item[], columns: number): readonly GridRow<Item>[] {
  return Array.from({ length: Math.ceil(items.length / columns) }, (_, row) => {
    const start = row * columns;
    return { start, items: items.slice(start, start + columns) };
  });
}
