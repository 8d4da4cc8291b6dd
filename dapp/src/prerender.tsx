import { renderToString } from 'preact-render-to-string';
import { App } from './App.tsx';
import { createGallery } from './gallery.ts';
import { discoverWallets } from './wallet/discovery.ts';

const never = () => Promise.reject(new Error('not while building'));

/** What a guest sees before any script ran; vite.config.ts writes it into index.html. */
export function renderShell(): string {
  const gallery = createGallery({
    loadCloud: never,
    wallets: discoverWallets({ getProviders: () => [], subscribe: () => () => {} }, () => null),
    requestWallets: () => {},
    site: { host: '', pathname: '/' },
    storage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    mayHaveTokens: () => false,
    delay: () => new Promise(() => {}),
  });
  return renderToString(<App gallery={gallery} />);
}
