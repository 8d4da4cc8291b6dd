/** Drawn above and below the window, in pixels, so that a scroll does not show what is not there yet. */
const AHEAD = 500;

export interface RowsInView {
  /** From 0. */
  first: number;
  /** The one after the last. */
  end: number;
}

/** Of `count` rows of one height, those near the window; `top` is where the window begins in the list. */
export function rowsInView(
  top: number,
  windowHeight: number,
  rowHeight: number,
  count: number,
): RowsInView {
  const within = (row: number) => Math.min(count, Math.max(0, row));
  return {
    first: within(Math.floor((top - AHEAD) / rowHeight)),
    end: within(Math.ceil((top + windowHeight + AHEAD) / rowHeight)),
  };
}
