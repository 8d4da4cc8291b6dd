import type { Chain, NftPage } from 'nft-gallery-client';
import { WalletAuthError } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { createCache } from '../queries/cache.ts';
import { walkChains } from './walkChains.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve));
const CHAINS = [
  { chainId: 1, name: 'Ethereum', testnet: false },
  { chainId: 11155111, name: 'Sepolia', testnet: true },
  { chainId: 137, name: 'Polygon', testnet: false },
  { chainId: 8453, name: 'Base', testnet: false },
] as Chain[];

/** Of each chain, its pages; an error in place of a page is thrown once. */
function setUp(pages: Record<number, (readonly string[] | Error)[]>, chains = async () => CHAINS) {
  const cache = createCache({ now: () => 0 });
  const asked: string[] = [];
  const open = (chainId: number) =>
    cache.list<NftPage>(`nfts ${chainId}`, async (cursor) => {
      asked.push(`${chainId}/${cursor ?? 0}`);
      const at = Number(cursor ?? 0);
      const of = pages[chainId] ?? [];
      const page = of[at] ?? [];
      if (page instanceof Error) throw of.splice(at, 1)[0];
      const nextCursor = at + 1 < of.length ? `${at + 1}` : null;
      return { items: page.map((tokenId) => ({ tokenId })), nextCursor } as NftPage;
    });
  const make = () => walkChains(open, cache.query('chains', chains));
  return { make, asked };
}

type Walk = ReturnType<ReturnType<typeof setUp>['make']>;

const idsOf = (walk: Walk) =>
  walk.get().value?.flatMap(({ items }) => items.map(({ tokenId }) => tokenId));

async function readOn(walk: Walk, times: number) {
  for (let time = 0; time < times; time += 1) {
    walk.loadMore();
    await settle();
  }
}

test('Ethereum comes first, and no other chain is asked before somebody wants more', async () => {
  const { make, asked } = setUp({ 1: [['a']], 137: [['b']] });
  const walk = make();
  walk.subscribe(() => {});
  await settle();
  expect(idsOf(walk)).toEqual(['a']);
  expect(asked).toEqual(['1/0']);
  expect(walk.nextChain()?.name).toBe('Polygon');
});

test('each chain is read to its end, then the next, but for test networks', async () => {
  const { make, asked } = setUp({ 1: [['a'], ['b']], 137: [[]], 8453: [['c']] });
  const walk = make();
  walk.subscribe(() => {});
  await settle();
  await readOn(walk, 4);
  expect(idsOf(walk)).toEqual(['a', 'b', 'c']);
  expect(asked).toEqual(['1/0', '1/1', '137/0', '8453/0']);
  expect(walk.hasMore()).toBe(false);
});

test('a chain that fails keeps what came before it, and is asked again', async () => {
  const { make, asked } = setUp({
    1: [['a']],
    137: [new WalletAuthError('upstream_timeout'), ['b']],
  });
  const walk = make();
  walk.subscribe(() => {});
  await settle();
  await readOn(walk, 1);
  expect(walk.get()).toMatchObject({ status: 'failed', failure: { code: 'upstream_timeout' } });
  expect(idsOf(walk)).toEqual(['a']);
  await readOn(walk, 1);
  expect(idsOf(walk)).toEqual(['a', 'b']);
  expect(asked).toEqual(['1/0', '137/0', '137/0']);
});

test('without a list of chains it ends with Ethereum', async () => {
  const { make } = setUp({ 1: [['a']] }, () => Promise.reject(new WalletAuthError('unreachable')));
  const walk = make();
  walk.subscribe(() => {});
  await settle();
  expect(walk.hasMore()).toBe(false);
});

test('after Back it has all that was read', async () => {
  const { make, asked } = setUp({ 1: [['a']], 137: [['b']] });
  const walk = make();
  const leave = walk.subscribe(() => {});
  await settle();
  await readOn(walk, 1);
  leave();
  const again = make();
  again.subscribe(() => {});
  await settle();
  expect(idsOf(again)).toEqual(['a', 'b']);
  expect(asked).toEqual(['1/0', '137/0']);
});

test('loading again begins with Ethereum', async () => {
  const { make, asked } = setUp({ 1: [['a']], 137: [['b']] });
  const walk = make();
  walk.subscribe(() => {});
  await settle();
  await readOn(walk, 1);
  walk.reload();
  await settle();
  expect(idsOf(walk)).toEqual(['a']);
  expect(asked).toEqual(['1/0', '137/0', '1/0']);
});
