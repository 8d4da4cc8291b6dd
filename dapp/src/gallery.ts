import type { Gallery as Api } from 'nft-gallery-client';
import { createContext } from 'preact';
import { useContext } from 'react';
import type { Cloud } from './auth/cloud.ts';
import { createSession, type Session, type SessionDeps } from './auth/session.ts';
import type { Config } from './config.ts';
import { createHidden, type Hidden } from './hidden/hidden.ts';
import { createCache } from './queries/cache.ts';
import { type Failure, isSessionOver } from './queries/failure.ts';
import { createGalleryQueries, type GalleryQueries } from './queries/galleryQueries.ts';
import type { Router } from './routing/router.ts';
import type { Texts } from './text/en.ts';
import type { Numbers } from './text/numbers.ts';
import type { WalletDiscovery } from './wallet/discovery.ts';

/** All state of the page. The components draw it. */
export interface Gallery {
  session: Session;
  wallets: WalletDiscovery;
  router: Router;
  queries: GalleryQueries;
  hidden: Hidden;
  texts: Texts;
  /** In the language of the texts. */
  numbers: Numbers;
  /** What this browser keeps; this page's memory where it keeps nothing. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Milliseconds since 1970. */
  now(): number;
  loadConfig(): Promise<Config>;
  loadCloud(): Promise<Cloud>;
  /** The person is about to need AWS or a wallet: start loading. */
  intend(): void;
}

export interface GalleryDeps extends Omit<SessionDeps, 'loadAuth'> {
  router: Router;
  texts: Texts;
  numbers: Numbers;
  now(): number;
  loadConfig(): Promise<Config>;
  loadCloud(): Promise<Cloud>;
  requestWallets(): void;
}

export function createGallery(deps: GalleryDeps): Gallery {
  const { loadCloud, loadConfig, now, numbers, router, storage, texts, wallets } = deps;
  const session = createSession({ ...deps, loadAuth: loadCloud });
  const loadApi = async (): Promise<Api> => (await loadCloud()).nfts;
  const onFailure = (failure: Failure) => {
    if (isSessionOver(failure) && addressOf(session) !== null) void session.end();
  };
  const gallery: Gallery = {
    session,
    wallets,
    router,
    texts,
    numbers,
    storage,
    now,
    loadConfig,
    loadCloud,
    queries: createGalleryQueries(createCache({ now, onFailure }), loadApi),
    hidden: createHidden(storage, now),
    intend: () => {
      deps.requestWallets();
      loadCloud().catch(() => {}); // what needs it will say so
    },
  };
  forgetOnSignOut(gallery);
  return gallery;
}

/** Nothing of a wallet stays on the screen after it. */
function forgetOnSignOut({ session, queries }: Gallery): void {
  let previous = addressOf(session);
  session.subscribe(() => {
    const address = addressOf(session);
    if (previous !== null && address !== previous) queries.forgetOwn();
    previous = address;
  });
}

export function addressOf(session: Session): string | null {
  const state = session.get();
  return state.status === 'signed-in' ? state.address : null;
}

export const GalleryContext = createContext<Gallery | null>(null);

export function useGallery(): Gallery {
  const gallery = useContext(GalleryContext);
  if (!gallery) throw new Error('no GalleryContext above');
  return gallery;
}
