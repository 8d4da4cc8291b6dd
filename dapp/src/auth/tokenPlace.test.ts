import { expect, test } from 'vitest';
import type { PageStorage } from '../storage.ts';
import { HOLDER_KEY, openTokenPlace, WALLET_KEY } from './tokenPlace.ts';

const PREFIX = 'CognitoIdentityServiceProvider.client';
const TOKENS = { [`${PREFIX}.LastAuthUser`]: '0xa', [`${PREFIX}.0xa.idToken`]: 'token' };

function fakeStorage(kept: Record<string, string> = {}) {
  const map = new Map(Object.entries(kept));
  const storage: PageStorage = {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    keys: () => [...map.keys()],
    isBlocked: () => false,
  };
  return { map, storage };
}

function setUp(inBrowser: Record<string, string> = {}, inTab: Record<string, string> = {}) {
  const [browser, tab] = [fakeStorage(inBrowser), fakeStorage(inTab)];
  const reload = () => openTokenPlace(browser.storage, fakeStorage().storage);
  return { browser, tab, reload, place: openTokenPlace(browser.storage, tab.storage) };
}

test('moves the session between browser and tab, and leaves no copy', () => {
  const { browser, tab, place } = setUp({
    ...TOKENS,
    [HOLDER_KEY]: '0xa',
    [WALLET_KEY]: 'org.one',
  });
  expect([place.get(), place.keptUser()]).toEqual(['browser', '0xa']);
  place.move('tab');
  expect([place.get(), place.keptUser()]).toEqual(['tab', '0xa']);
  expect(Object.fromEntries(tab.map)).toEqual({ ...TOKENS, [HOLDER_KEY]: '0xa' });
  expect([...browser.map.keys()].sort()).toEqual(['nft-gallery.place', WALLET_KEY]);
  place.move('browser');
  expect(tab.map.size).toBe(0);
  expect(Object.fromEntries(browser.map)).toEqual({
    ...TOKENS,
    [HOLDER_KEY]: '0xa',
    [WALLET_KEY]: 'org.one',
  });
});

test('writes each key to one place only', () => {
  const { browser, tab, place } = setUp();
  place.move('tab');
  for (const key of [`${PREFIX}.0xa.idToken`, HOLDER_KEY, 'nft-gallery.wallet.client'])
    place.setItem(key, '1');
  place.setItem(WALLET_KEY, 'org.one');
  expect([...tab.map.keys()]).toEqual([
    ...[`${PREFIX}.0xa.idToken`, HOLDER_KEY, 'nft-gallery.wallet.client'],
  ]);
  expect(browser.map.has(WALLET_KEY)).toBe(true);
});

test('a new tab takes the place chosen last, unless the browser holds a session', () => {
  const { browser, place, reload } = setUp();
  place.move('tab');
  expect(reload().get()).toBe('tab');
  browser.map.set(`${PREFIX}.LastAuthUser`, '0xa');
  expect(reload().get()).toBe('browser');
});

test('a tab with a session of its own minds its own', () => {
  const { place } = setUp({ [`${PREFIX}.LastAuthUser`]: '0xb' }, TOKENS);
  expect([place.get(), place.keptUser()]).toEqual(['tab', '0xa']);
  expect(place.concerns(`${PREFIX}.LastAuthUser`)).toBe(false);
});

test('hears whose session the browser holds, and that all was cleared', () => {
  const { place } = setUp(TOKENS);
  const keys = [`${PREFIX}.LastAuthUser`, HOLDER_KEY, null, `${PREFIX}.0xa.idToken`, 'other'];
  expect(keys.map(place.concerns)).toEqual([true, true, true, false, false]);
});
