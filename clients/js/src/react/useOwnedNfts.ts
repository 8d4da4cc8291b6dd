import { useMemo, useSyncExternalStore } from 'react';
import { gallery, type OwnedOptions } from '../gallery.ts';
import type { WalletAuth } from '../types.ts';
import { createOwnedNfts, NONE, type OwnedNftsList, type OwnedNftsState } from './ownedNfts.ts';
import { useWalletAuth } from './provider.ts';
import { useSession } from './useSession.ts';

export interface UseOwnedNftsOptions extends Omit<OwnedOptions, 'cursor' | 'signal'> {
  /** An address or an ENS name. Default: the wallet that is signed in. */
  owner?: string;
}

export interface OwnedNfts extends OwnedNftsState {
  /** Adds the next page. Nothing happens while one is on its way, or after the last. */
  loadMore(): void;
  /** Begins anew. */
  reload(): void;
}

type Wanted = UseOwnedNftsOptions & { wallet: string | null };

const subscribeToNothing = () => () => {};
const doNothing = () => {};
const LOADING: OwnedNftsState = { ...NONE, isLoading: true };

/**
 * NFTs of an owner, page by page. Empty for a guest without an `owner`. What another wallet owns is
 * never shown: a new session or owner begins with nothing. Requests end with the component.
 */
export function useOwnedNfts(options: UseOwnedNftsOptions): OwnedNfts {
  const auth = useWalletAuth();
  const { status, session } = useSession();
  const { chainId, owner, contract, spam, limit } = options;
  const wallet = owner === undefined ? (session?.wallet ?? null) : null;
  const wanted = JSON.stringify({ chainId, owner, contract, spam, limit, wallet });
  const list = useMemo(() => openList(auth, JSON.parse(wanted)), [auth, wanted]);
  const without = owner === undefined && status === 'loading' ? LOADING : NONE;
  const state = useSyncExternalStore(
    list?.subscribe ?? subscribeToNothing,
    list?.get ?? (() => without),
    () => LOADING,
  );
  const { loadMore, reload } = list ?? { loadMore: doNothing, reload: doNothing };
  return { ...state, loadMore, reload };
}

/** null where there is nobody whose NFTs they would be. */
function openList(auth: WalletAuth, { wallet, owner, ...wanted }: Wanted): OwnedNftsList | null {
  const { ownedNfts, myNfts } = gallery(auth);
  if (owner !== undefined)
    return createOwnedNfts((page) => ownedNfts({ ...wanted, ...page, owner }));
  return wallet === null ? null : createOwnedNfts((page) => myNfts({ ...wanted, ...page }));
}
