import { createStore as createAnnouncements } from 'mipd';
import { hydrateRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { type Cloud, loadOnce } from './auth/cloud.ts';
import { loadConfig } from './config.ts';
import { createGallery } from './gallery.ts';
import { openStorage } from './storage.ts';
import { discoverWallets } from './wallet/discovery.ts';

const CONFIG_URL = './config.json';
const LAST_USER_KEY = /^CognitoIdentityServiceProvider\..+\.LastAuthUser$/;

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
  return connectCloud(config);
});

const storage = openStorage(() => window.localStorage);

const gallery = createGallery({
  loadCloud,
  wallets: discoverWallets(createAnnouncements(), () => Reflect.get(window, 'ethereum')),
  requestWallets: () => window.dispatchEvent(new Event('eip6963:requestProvider')),
  site: window.location,
  storage,
  mayHaveTokens: () => storage.keys().some((key) => LAST_USER_KEY.test(key)),
  delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
});

window.addEventListener('storage', ({ key, newValue }) => {
  if (key !== null && LAST_USER_KEY.test(key)) void gallery.session.followOtherTab(newValue);
});

hydrateRoot(document.querySelector('#root') as HTMLElement, <App gallery={gallery} />);
void gallery.session.restore();
