import { expect, test } from 'vitest';
import type { Route } from '../routing/routes.ts';
import { createRecents } from './recents.ts';

const APES = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';
const COLLECTION: Route = { page: 'collection', chainId: 1, contract: APES };

function fakeStorage(kept?: string) {
  const map = new Map(kept === undefined ? [] : [['nft-gallery.recents', kept]]);
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

const owners = (recents: ReturnType<typeof createRecents>) =>
  recents.get().map(({ route }) => (route.page === 'owner' ? route.owner : route.page));

test('the last look-up comes first, each once, in any letter case and with any filter', () => {
  const recents = createRecents(fakeStorage());
  recents.add({ page: 'owner', owner: 'a.eth', options: { chain: '1' } });
  recents.add(COLLECTION);
  recents.add({ page: 'owner', owner: 'A.eth' });
  expect(owners(recents)).toEqual(['a.eth', 'collection']);
  expect(recents.get()[0]?.route.options).toBeUndefined();
});

test('remembers eight, for the next visit too', () => {
  const storage = fakeStorage();
  const recents = createRecents(storage);
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9]) recents.add({ page: 'owner', owner: `${n}.eth` });
  const again = createRecents(storage);
  expect(owners(again)).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((n) => `${n}.eth`));
});

test('remembers no page that is no look-up', () => {
  const recents = createRecents(fakeStorage());
  for (const route of [{ page: 'me' }, { page: 'session' }, { page: 'find', text: 'x' }] as const)
    recents.add(route);
  expect(recents.get()).toEqual([]);
});

test('learns the name of what was looked up, and of nothing else', () => {
  const storage = fakeStorage();
  const recents = createRecents(storage);
  recents.describe(COLLECTION, { name: 'Apes', slug: 'apes' });
  expect(recents.get()).toEqual([]);
  recents.add(COLLECTION);
  const name = 'x'.repeat(1000);
  recents.describe(COLLECTION, { name, slug: 'apes' });
  expect(createRecents(storage).get()).toEqual([
    { route: COLLECTION, name: name.slice(0, 80), slug: 'apes' },
  ]);
});

test('forgets on demand, in storage too', () => {
  const storage = fakeStorage();
  const recents = createRecents(storage);
  recents.add(COLLECTION);
  recents.forget();
  expect(recents.get()).toEqual([]);
  expect(storage.map.size).toBe(0);
});

test.each([
  'no JSON',
  '{}',
  '[null, 7, {"hash": 7}, {"hash": "#/session"}, {"hash": "#/c/1/0x12"}]',
  '[{"hash": "javascript:alert(1)"}]',
])('takes nothing from storage that holds %s', (text) => {
  expect(createRecents(fakeStorage(text)).get()).toEqual([]);
});
