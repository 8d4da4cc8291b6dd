import { createStore as createAnnouncements } from 'mipd';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { type Cloud, loadOnce } from './auth/cloud.ts';
import { openTokenPlace } from './auth/tokenPlace.ts';
import { loadConfig } from './config.ts';
import { createGallery } from './gallery.ts';
import { HIDDEN_KEY } from './hidden/hidden.ts';
import { createRouter } from './routing/router.ts';
import { readDraft } from './search/draft.ts';
import { openStorage } from './storage.ts';
import { en } from './text/en.ts';
import { createNumbers, localeFor } from './text/numbers.ts';
import { discoverWallets } from './wallet/discovery.ts';

const CONFIG_URL = './config.json';

async function fetchConfig(): Promise<string> {
  const response = await fetch(CONFIG_URL, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.text();
}

const loadConfigOnce = loadOnce(() => loadConfig(fetchConfig));
loadConfigOnce().catch(() => {}); // index.html preloads it; what needs it will say so

const loadCloud = loadOnce<Cloud>(async () => {
  const [{ connectCloud }, config] = await Promise.all([
    import('./auth/amplify.ts'),
    loadConfigOnce(),
  ]);
  return connectCloud(config, storage);
});

const storage = openTokenPlace(
  openStorage(() => window.localStorage),
  openStorage(() => window.sessionStorage),
);

const gallery = createGallery({
  router: createRouter(window),
  texts: en,
  numbers: createNumbers(localeFor('en', navigator.languages)),
  now: Date.now,
  loadConfig: loadConfigOnce,
  loadCloud,
  wallets: discoverWallets(createAnnouncements(), () => Reflect.get(window, 'ethereum')),
  pairWallet: async (pairing) => {
    const [{ pairWallet }, { walletConnectProjectId }] = await Promise.all([
      import('./wallet/walletConnect.ts'),
      loadConfigOnce(),
    ]);
    const { origin } = window.location;
    return pairWallet({
      ...pairing,
      projectId: walletConnectProjectId ?? '',
      name: en.title,
      origin,
    });
  },
  requestWallets: () => window.dispatchEvent(new Event('eip6963:requestProvider')),
  site: window.location,
  storage,
  draft: readDraft(document),
  delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
});

window.addEventListener('storage', ({ key, storageArea }) => {
  const isShared = storageArea === null || storageArea === window.localStorage;
  if (isShared && storage.concerns(key)) void gallery.session.followOtherTab();
  if (isShared && (key === null || key === HIDDEN_KEY)) gallery.hidden.follow();
});
window.addEventListener('online', () => void gallery.session.resume());

const root = document.querySelector('#root') as HTMLElement;
// the shell is of the home page: another one begins anew, as hydration mends no attributes
if (gallery.router.get().page.page === 'home') hydrateRoot(root, <App gallery={gallery} />);
else {
  root.replaceChildren();
  createRoot(root).render(<App gallery={gallery} />);
}
void gallery.session.restore();
