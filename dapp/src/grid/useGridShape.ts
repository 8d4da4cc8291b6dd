import { type RefObject, useLayoutEffect, useState } from 'react';
import { type GridShape, shapeOf } from './columns.ts';

export const GAP = 1;

/** Of an element as wide as the grid; null until it was measured. */
export function useGridShape(element: RefObject<HTMLElement | null>): GridShape | null {
  const [shape, setShape] = useState<GridShape | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setShape(shapeOf(current.getBoundingClientRect().width, rem, GAP));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return shape;
}
