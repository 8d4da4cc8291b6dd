import type { Nft } from 'nft-gallery-client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useGallery } from '../gallery.ts';
import type { QueryState } from '../queries/cache.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { createStore, useStore } from '../store.ts';
import { idOf, shownTokens } from './neighbours.ts';

export interface AskedToken {
  /** What the list knew at once, and what the API added. */
  nft: Nft | null;
  state: QueryState<Nft>;
  reload(): void;
  /** The person stays with it: time to ask for more. */
  isSettled: boolean;
}

const STAYS = 500;

/** Who walks through a list with the arrows asks for nothing that the list has. */
export function useToken({ chainId, contract, tokenId }: TokenKey): AskedToken {
  const { queries } = useGallery();
  const id = idOf({ chainId, contract, tokenId });
  const isSettled = useSettled(id);
  const listed = useListed(id);
  const query = useMemo(
    () => queries.nft({ chainId, contract, tokenId }),
    [queries, chainId, contract, tokenId],
  );
  const known = useMemo(() => createStore(readyState(listed)), [listed]);
  const state = useStore<QueryState<Nft>>(listed && !isSettled ? known : query);
  return { nft: together(listed, state.value), state, reload: query.reload, isSettled };
}

/** What the list knows, or knew before the token was hidden. */
function useListed(id: string): Nft | null {
  const tokens = useStore(shownTokens);
  const last = useRef<{ id: string; nft: Nft } | null>(null);
  const nft = useMemo(() => tokens.find((token) => idOf(token) === id)?.nft, [tokens, id]);
  if (nft) last.current = { id, nft };
  return last.current?.id === id ? last.current.nft : null;
}

function readyState(value: Nft | null): QueryState<Nft> {
  return { status: 'ready', value, failure: null, fetchedAt: null, startedAt: 0 };
}

/** Only the list of an owner says who owns how many. */
function together(listed: Nft | null, asked: Nft | null): Nft | null {
  if (!listed || !asked) return asked ?? listed;
  const { owner, balance, acquiredAt } = listed;
  return {
    ...asked,
    owner: owner ?? asked.owner,
    balance: balance ?? asked.balance,
    acquiredAt: acquiredAt ?? asked.acquiredAt,
  };
}

function useSettled(id: string): boolean {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(id), STAYS);
    return () => clearTimeout(timer);
  }, [id]);
  return settled === id;
}
