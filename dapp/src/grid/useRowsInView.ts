import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { GridShape } from './columns.ts';
import { type RowsInView, rowsInView } from './rowsInView.ts';

/** The rows of `list` that the window shows or is about to. In another shape the same card stays first. */
export function useRowsInView(
  list: RefObject<HTMLElement | null>,
  { columns, rowHeight }: GridShape,
  count: number,
): RowsInView {
  const [rows, setRows] = useState<RowsInView>({ first: 0, end: 0 });
  const shown = useRef({ columns, rowHeight, item: 0 });
  useLayoutEffect(() => {
    const topOf = () => -(list.current?.getBoundingClientRect().top ?? 0);
    const { item, ...before } = shown.current;
    if (item > 0 && (before.columns !== columns || before.rowHeight !== rowHeight)) {
      const row = before.columns === columns ? item / columns : Math.floor(item / columns);
      window.scrollTo({ top: window.scrollY - topOf() + row * rowHeight });
    }
    const look = () => {
      const top = topOf();
      shown.current = { columns, rowHeight, item: (top / rowHeight) * columns };
      const next = rowsInView(top, window.innerHeight, rowHeight, count);
      setRows((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [list, columns, rowHeight, count]);
  return rows;
}
