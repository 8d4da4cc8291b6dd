import { expect, test } from 'vitest';
import { rowsOf, shapeOf } from './columns.ts';

const REM = 16;
const GAP = 1;

test.each([
  [288, 2],
  [358, 2],
  [720, 3],
  [1392, 7],
  [2512, 12],
])('%i px are filled by %i cards side by side', (width, columns) => {
  const shape = shapeOf(width, REM, GAP);
  expect(shape.columns).toBe(columns);
  const card = shape.rowHeight - (4 + GAP) * REM;
  expect(card * columns + (columns - 1) * GAP * REM).toBeCloseTo(width);
});

test('text of twice the size on a phone leaves one card a row', () => {
  expect(shapeOf(256, 2 * REM, GAP).columns).toBe(1);
});

test('no width is too small for one card', () => {
  expect(shapeOf(0, REM, GAP).columns).toBe(1);
  expect(shapeOf(1, REM, GAP).columns).toBe(1);
});

test('rows hold every item once, in order', () => {
  const rows = rowsOf(['a', 'b', 'c', 'd', 'e'], 2);
  expect(rows.flatMap(({ items }) => items)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(rows.map(({ start }) => start)).toEqual([0, 2, 4]);
  expect(rowsOf([], 3)).toEqual([]);
});
