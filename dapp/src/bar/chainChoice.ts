import { asRecord, asText, parseJson } from '../json.ts';
import type { Route } from '../routing/routes.ts';
import { createStore, type Readable } from '../store.ts';

/** Where a person looks; null is everywhere. The name is the API's. */
export type ChosenChain = { chainId: number; name: string } | null;

export interface ChainChoice extends Readable<ChosenChain> {
  /** Remembered in this browser. */
  choose(chain: ChosenChain): void;
}

const KEY = 'nft-gallery.chain';

export function createChainChoice(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): ChainChoice {
  const store = createStore<ChosenChain>(readChoice(storage.getItem(KEY)));
  return {
    get: store.get,
    subscribe: store.subscribe,
    choose: (chain) => {
      store.set(chain);
      if (chain === null) storage.removeItem(KEY);
      else storage.setItem(KEY, JSON.stringify(chain));
    },
  };
}

function readChoice(text: string | null): ChosenChain {
  const { chainId, name } = asRecord(parseJson(text ?? '')) ?? {};
  const isId = typeof chainId === 'number' && Number.isSafeInteger(chainId) && chainId > 0;
  return isId ? { chainId, name: asText(name) ?? `${chainId}` } : null;
}

/** The chain that a page of an owner shows, which its address says; null elsewhere and for all. */
export function chainOfPage(route: Route): number | null {
  const text = isOfOwner(route) ? route.options?.chain : undefined;
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

export function isOfOwner({ page }: Route): boolean {
  return page === 'owner' || page === 'me';
}

/** Only pages of an owner are of more than one chain. */
export function onChain(route: Route, chainId: number | null): Route {
  if (!isOfOwner(route)) return route;
  const { chain: _, ...others } = route.options ?? {};
  return { ...route, options: { ...others, ...(chainId !== null && { chain: `${chainId}` }) } };
}
