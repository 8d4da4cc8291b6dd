import { createStore as createAnnouncements } from 'mipd';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { type Cloud, loadOnce } from './auth/cloud.ts';
import { openTokenPlace } from './auth/tokenPlace.ts';
import { loadConfig } from './config.ts';
import { createGallery, type Gallery } from './gallery.ts';
import { HIDDEN_KEY } from './hidden/hidden.ts';
import { createRouter } from './routing/router.ts';
import { readDraft } from './search/draft.ts';
import { openStorage } from './storage.ts';
import { ENGLISH, type Language, loadLanguage } from './text/language.ts';
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

const delay = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function openGallery({ tag, texts }: Language): Gallery {
  return createGallery({
    router: createRouter(window),
    texts,
    numbers: createNumbers(localeFor(tag, navigator.languages)),
    now: Date.now,
    loadConfig: loadConfigOnce,
    loadCloud,
    wallets: discoverWallets(
      createAnnouncements(),
      () => Reflect.get(window, 'ethereum'),
      texts.wallets,
    ),
    pairWallet: async (pairing) => {
      const [{ pairWallet }, { walletConnectProjectId }] = await Promise.all([
        import('./wallet/walletConnect.ts'),
        loadConfigOnce(),
      ]);
      const { origin } = window.location;
      return pairWallet({
        ...pairing,
        projectId: walletConnectProjectId ?? '',
        name: texts.title,
        origin,
      });
    },
    requestWallets: () => window.dispatchEvent(new Event('eip6963:requestProvider')),
    site: window.location,
    storage,
    draft: readDraft(document),
    delay,
  });
}

function follow({ session, hidden }: Gallery): void {
  window.addEventListener('storage', ({ key, storageArea }) => {
    const isShared = storageArea === null || storageArea === window.localStorage;
    if (isShared && storage.concerns(key)) void session.followOtherTab();
    if (isShared && (key === null || key === HIDDEN_KEY)) hidden.follow();
  });
  window.addEventListener('online', () => void session.resume());
}

/** The shell is of the home page, in English: another one begins anew, as hydration mends no attributes. */
function draw(gallery: Gallery, language: Language): void {
  const root = document.querySelector('#root') as HTMLElement;
  if (gallery.router.get().page.page === 'home' && language === ENGLISH)
    hydrateRoot(root, <App gallery={gallery} />);
  else {
    root.replaceChildren();
    createRoot(root).render(<App gallery={gallery} />);
  }
}

async function start(): Promise<void> {
  const language = await loadLanguage({
    browser: navigator.languages,
    translations: { de: async () => (await import('./text/de.ts')).de },
    delay,
  });
  document.documentElement.lang = language.tag;
  const gallery = openGallery(language);
  follow(gallery);
  draw(gallery, language);
  void gallery.session.restore();
}

void start();
