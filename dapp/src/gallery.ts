import type { Gallery as Api } from 'nft-gallery-client';
import { createContext } from 'preact';
import { useContext } from 'react';
import type { Cloud } from './auth/cloud.ts';
import { createSession, type Session, type SessionDeps } from './auth/session.ts';
import { holderOf } from './auth/sessionState.ts';
import { createSignIn, type SignIn, type SignInDeps } from './auth/signIn.ts';
import type { TokenPlace } from './auth/tokenPlace.ts';
import { type ChainChoice, createChainChoice } from './bar/chainChoice.ts';
import type { Config } from './config.ts';
import { createHidden, type Hidden } from './hidden/hidden.ts';
import { createCache } from './queries/cache.ts';
import { type Failure, isSessionOver } from './queries/failure.ts';
import { createGalleryQueries, type GalleryQueries } from './queries/galleryQueries.ts';
import type { Router } from './routing/router.ts';
import { type Draft, NO_DRAFT } from './search/draft.ts';
import { createRecents, type Recents } from './search/recents.ts';
import { createStore, type Store } from './store.ts';
import type { Texts } from './text/en.ts';
import type { Numbers } from './text/numbers.ts';
import type { WalletDiscovery } from './wallet/discovery.ts';

/** All state of the page. The components draw it. */
export interface Gallery {
  session: Session;
  signIn: SignIn;
  /** Where the session is kept. */
  place: Pick<TokenPlace, 'get' | 'move' | 'isBlocked' | 'keptUser'>;
  wallets: WalletDiscovery;
  router: Router;
  queries: GalleryQueries;
  hidden: Hidden;
  texts: Texts;
  /** In the language of the texts. */
  numbers: Numbers;
  recents: Recents;
  chainChoice: ChainChoice;
  /** What stands in the box for whatever people paste. */
  draft: Store<Draft>;
  /** What this browser keeps; this page's memory where it keeps nothing. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Milliseconds since 1970. */
  now(): number;
  loadConfig(): Promise<Config>;
  loadCloud(): Promise<Cloud>;
  /** The person is about to need AWS or a wallet: start loading. */
  intend(): void;
}

export interface GalleryDeps extends Omit<SessionDeps, 'loadAuth' | 'keptUser' | 'storage'> {
  router: Router;
  storage: TokenPlace;
  texts: Texts;
  numbers: Numbers;
  now(): number;
  loadConfig(): Promise<Config>;
  loadCloud(): Promise<Cloud>;
  requestWallets(): void;
  pairWallet: SignInDeps['pairWallet'];
  /** What was typed before the script ran. */
  draft?: Draft;
}

export function createGallery(deps: GalleryDeps): Gallery {
  const { loadCloud, loadConfig, now, numbers, router, storage, texts, wallets } = deps;
  const { keptUser } = storage;
  const session = createSession({ ...deps, keptUser, loadAuth: loadCloud });
  const loadApi = async (): Promise<Api> => (await loadCloud()).nfts;
  const onFailure = (failure: Failure) => {
    if (isSessionOver(failure)) void session.end();
  };
  const gallery: Gallery = {
    session,
    signIn: createSignIn({ ...deps, session, loadAuth: loadCloud }),
    place: storage,
    wallets,
    router,
    texts,
    numbers,
    recents: createRecents(storage),
    chainChoice: createChainChoice(storage),
    draft: createStore(deps.draft ?? NO_DRAFT),
    storage,
    now,
    loadConfig,
    loadCloud,
    queries: createGalleryQueries(createCache({ now, onFailure }), loadApi, () =>
      addressOf(session),
    ),
    hidden: createHidden(storage, now),
    intend: () => {
      deps.requestWallets();
      loadCloud().catch(() => {}); // what needs it will say so
    },
  };
  followSession(gallery);
  return gallery;
}

/**
 * Nothing of a wallet stays on the screen after it. What a session showed that ended by itself stays, and
 * goes on when the same wallet signs in again.
 */
function followSession({ session, queries, router }: Gallery): void {
  let holder = holderOf(session.get());
  let status = session.get().status;
  session.subscribe(() => {
    const state = session.get();
    if (state.status === status && holderOf(state) === holder) return;
    const [before, next] = [holder, holderOf(state)];
    const isBack = status !== 'signed-in' && state.status === 'signed-in';
    const replace = status === 'restoring'; // nobody went anywhere
    status = state.status;
    if (status === 'restoring') return;
    holder = next;
    if (before !== null && next !== before) queries.forgetOwn();
    else if (isBack) queries.resumeOwn();
    if (isBack && before === null && router.get().page.page === 'home')
      router.go({ page: 'me' }, { replace });
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
