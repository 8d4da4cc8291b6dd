import type { Api, Cloud } from './auth/cloud.ts';
import { createSession, type Session, type SessionDeps } from './auth/session.ts';
import { ConfigError } from './config.ts';
import { fetchNftPage } from './nft/api.ts';
import { NftError } from './nft/errors.ts';
import { createNftList, type NftList } from './nft/nftList.ts';
import type { WalletDiscovery } from './wallet/discovery.ts';

/** All state of the page. The components draw it. */
export interface Gallery {
  session: Session;
  wallets: WalletDiscovery;
  collection: NftList;
  own: NftList;
  /** The person is about to need AWS or a wallet: start loading. */
  intend(): void;
}

export interface GalleryDeps extends Omit<SessionDeps, 'loadAuth'> {
  loadCloud(): Promise<Cloud>;
  requestWallets(): void;
}

export function createGallery(deps: GalleryDeps): Gallery {
  const session = createSession({ ...deps, loadAuth: deps.loadCloud });
  const list = () =>
    createNftList(async (query, cursor, signal) =>
      fetchNftPage(await loadApi(deps), query, cursor, signal),
    );
  const gallery: Gallery = {
    session,
    wallets: deps.wallets,
    collection: list(),
    own: list(),
    intend: () => {
      deps.requestWallets();
      deps.loadCloud().catch(() => {}); // what needs it will say so
    },
  };
  forgetOnSignOut(gallery);
  endExpiredSession(gallery);
  return gallery;
}

async function loadApi(deps: GalleryDeps): Promise<Api> {
  try {
    return await deps.loadCloud();
  } catch (error) {
    throw new NftError(error instanceof ConfigError ? 'not_configured' : 'unreachable');
  }
}

/** Nothing of a wallet stays on the screen after it. */
function forgetOnSignOut({ session, collection, own }: Gallery): void {
  let previous = addressOf(session);
  session.subscribe(() => {
    const address = addressOf(session);
    if (previous !== null && address !== previous) {
      own.clear();
      collection.clear();
    }
    previous = address;
  });
}

function addressOf(session: Session): string | null {
  const state = session.get();
  return state.status === 'signed-in' ? state.address : null;
}

function endExpiredSession({ session, own }: Gallery): void {
  own.subscribe(() => {
    const isOver = own.get().error?.code === 'unauthorized';
    if (isOver && session.get().status === 'signed-in') void session.end();
  });
}
