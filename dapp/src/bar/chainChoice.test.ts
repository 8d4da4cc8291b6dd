import { expect, test } from 'vitest';
import { chainOfPage, createChainChoice, onChain } from './chainChoice.ts';

function fakeStorage(kept?: string) {
  const map = new Map(kept === undefined ? [] : [['nft-gallery.chain', kept]]);
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

test('remembers the chain, and that there is none again', () => {
  const storage = fakeStorage();
  const polygon = { chainId: 137, name: 'Polygon' };
  createChainChoice(storage).choose(polygon);
  expect(createChainChoice(storage).get()).toEqual(polygon);
  createChainChoice(storage).choose(null);
  expect(createChainChoice(storage).get()).toBeNull();
});

test.each(['x', '{}', '{"chainId": "1"}', '{"chainId": -1}', '{"chainId": 1.5}'])(
  'takes nothing from storage that holds %s',
  (text) => {
    expect(createChainChoice(fakeStorage(text)).get()).toBeNull();
  },
);

test('the chain is in the address of an owner’s page, beside the other filters', () => {
  const mine = { page: 'me', options: { tab: 'hidden' } } as const;
  expect(onChain(mine, 137)).toEqual({ page: 'me', options: { tab: 'hidden', chain: '137' } });
  expect(onChain(onChain(mine, 137), null)).toEqual(mine);
  expect(chainOfPage(onChain({ page: 'owner', owner: 'a.eth' }, 10))).toBe(10);
  expect(onChain({ page: 'session' }, 137)).toEqual({ page: 'session' });
});

test.each(['', '0', '-1', '1e3', 'x', '9'.repeat(20)])('no chain is called %j', (chain) => {
  expect(chainOfPage({ page: 'me', options: { chain } })).toBeNull();
});
