import { expect, test } from 'vitest';
import { isNarrowed, optionsOf, readView } from './view.ts';

const CONTRACT = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';

test('what a person chose survives the page’s address', () => {
  const options = {
    ...{ tab: 'hidden', chain: '137', collection: `1:${CONTRACT}`, type: 'ERC1155' },
    ...{ media: 'video', sort: 'newest', search: 'ape & co?' },
  };
  expect(optionsOf(readView(options))).toEqual(options);
  expect(readView(options)).toMatchObject({
    chainId: 137,
    collection: { chainId: 1, contract: CONTRACT },
  });
});

test('a page without options shows everything, and needs none', () => {
  const view = readView({});
  expect(view).toMatchObject({ tab: 'all', sort: 'listed', search: '' });
  expect(optionsOf(view)).toEqual({});
  expect(isNarrowed(view)).toBe(false);
});

test.each([
  { tab: 'spam' },
  { chain: '0' },
  { chain: '1e3' },
  { collection: CONTRACT },
  { collection: `1:${CONTRACT}0` },
  { type: 'ERC20' },
  { media: 'exe' },
  { sort: 'constructor' },
])('%j counts as not chosen', (options) => {
  expect(readView(options)).toEqual(readView({}));
});

test('a search of spaces narrows nothing', () => {
  expect(isNarrowed(readView({ search: '  ' }))).toBe(false);
  expect(isNarrowed(readView({ search: 'ape' }))).toBe(true);
});
