import type { EIP6963ProviderDetail } from 'mipd';
import { expect, test } from 'vitest';
import { de } from '../text/de.ts';
import { discoverWallets, LEGACY_RDNS } from './discovery.ts';

const detail = (name: string, icon = 'data:image/svg+xml,<svg/>') =>
  ({
    info: { uuid: name, rdns: `org.${name}`, name, icon },
    provider: { request: async () => null },
  }) as unknown as EIP6963ProviderDetail;

function setUp(legacy?: unknown) {
  const details: EIP6963ProviderDetail[] = [];
  const listeners: (() => void)[] = [];
  const announcements = {
    getProviders: () => [...details],
    subscribe: (listener: () => void) => {
      listeners.push(listener);
      return () => {};
    },
  };
  const announce = (added: EIP6963ProviderDetail) => {
    details.push(added);
    for (const listener of listeners) listener();
  };
  return { announce, wallets: discoverWallets(announcements, () => legacy, de.wallets) };
}

test('lists wallets as they announce themselves', () => {
  const { announce, wallets } = setUp();
  let told = 0;
  wallets.subscribe(() => {
    told += 1;
  });
  announce(detail('one'));
  announce(detail('two'));
  expect(wallets.list().map(({ name }) => name)).toEqual(['one', 'two']);
  expect(told).toBe(2);
});

test('falls back to window.ethereum only where nothing was announced', () => {
  const { announce, wallets } = setUp({ request: async () => null });
  expect(wallets.list()).toMatchObject([{ rdns: LEGACY_RDNS, name: 'Wallet des Browsers' }]);
  announce(detail('one'));
  expect(wallets.list().map(({ name }) => name)).toEqual(['one']);
});

test.each([undefined, null, 'x', {}])('takes %j for no wallet', (legacy) => {
  expect(setUp(legacy).wallets.list()).toEqual([]);
});

test('loads no icon from another site, and cleans the name', () => {
  const { announce, wallets } = setUp();
  announce(detail('Meta\u202eMask', 'https://tracker.example/icon.png'));
  expect(wallets.list()).toMatchObject([{ name: 'MetaMask', icon: null }]);
});

test('a wallet that gives no name has one in the language of the page', () => {
  const { announce, wallets } = setUp();
  announce(detail(' '));
  expect(wallets.list()).toMatchObject([{ name: 'Wallet ohne Namen' }]);
});
