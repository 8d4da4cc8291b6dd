import { renderToString } from 'preact-render-to-string';
import { App } from './App.tsx';
import { openTokenPlace } from './auth/tokenPlace.ts';
import { createGallery } from './gallery.ts';
import { HOME } from './routing/routes.ts';
import { openStorage } from './storage.ts';
import { en } from './text/en.ts';
import { createNumbers } from './text/numbers.ts';
import { discoverWallets } from './wallet/discovery.ts';

const never = () => Promise.reject(new Error('not while building'));

const nothing = openStorage(() => {
  throw new Error('not while building');
});

const SHELL = {
  get: () => ({ page: HOME, dialog: null, key: 0 }),
  subscribe: () => () => {},
};

const NO_WALLETS = { getProviders: () => [], subscribe: () => () => {} };

/** What a guest sees before any script ran; vite.config.ts writes it into index.html. */
export function renderShell(): string {
  const gallery = createGallery({
    router: { ...SHELL, go: () => {}, close: () => {}, scrollTop: () => 0 },
    texts: en,
    numbers: createNumbers('en'),
    now: () => 0,
    loadConfig: never,
    loadCloud: never,
    wallets: discoverWallets(NO_WALLETS, () => null, en.wallets),
    requestWallets: () => {},
    pairWallet: never,
    site: { host: '', pathname: '/' },
    storage: openTokenPlace(nothing, nothing),
    delay: () => new Promise(() => {}),
  });
  return renderToString(<App gallery={gallery} />);
}
