import { expect, test } from 'vitest';
import { neighboursOf } from './neighbours.ts';

const CONTRACT = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';
const token = (tokenId: string) => ({ chainId: 1, contract: CONTRACT, tokenId });
const LIST = ['7', '8', '9'].map(token);

test('a token has those beside it in the list, and its place in it', () => {
  expect(neighboursOf(token('8'), LIST)).toEqual({
    ...{ previous: token('7'), next: token('9'), position: 2, count: 3 },
  });
});

test('the first has none before it, the last none after it', () => {
  expect(neighboursOf(token('7'), LIST)).toMatchObject({ previous: null, next: token('8') });
  expect(neighboursOf(token('9'), LIST)).toMatchObject({ previous: token('8'), next: null });
});

test('when a token is hidden, what came after it is next', () => {
  const left = [token('7'), token('9')];
  expect(neighboursOf(token('8'), left, 1)).toEqual({
    ...{ previous: token('7'), next: token('9'), position: null, count: 2 },
  });
});

test('a contract is the same however its address is written', () => {
  const lower = { ...token('8'), contract: CONTRACT.toLowerCase() };
  expect(neighboursOf(lower, LIST).position).toBe(2);
});

test('the same number of another contract or chain is another token', () => {
  const others = [
    { ...token('8'), chainId: 137 },
    { ...token('8'), contract: `0x${'1'.repeat(40)}` },
  ];
  for (const other of others) {
    expect(neighboursOf(other, LIST)).toEqual({
      ...{ previous: null, next: null, position: null, count: 3 },
    });
  }
});
