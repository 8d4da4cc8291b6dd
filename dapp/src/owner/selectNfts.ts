import type { Nft } from 'nft-gallery-client';
import { keyOf } from '../grid/keyOf.ts';
import { knownMediaOf, knownSpamOf } from '../grid/mediaCache.ts';
import { collectionOf, titleOf } from '../grid/words.ts';
import type { ContractKey } from '../queries/galleryQueries.ts';
import type { View } from './view.ts';

export interface Selected {
  /** In the order of the view, from the tab of the view. */
  nfts: readonly Nft[];
  /** Of what is not hidden. */
  collectionCount: number;
  hiddenCount: number;
}

/** What of the loaded tokens a view shows. `isHidden`: by the person; spam is hidden too. */
export function selectNfts(
  loaded: readonly Nft[],
  view: View,
  isHidden: (nft: Nft) => boolean,
): Selected {
  const hidden = loaded.filter((nft) => knownSpamOf(nft) !== null || isHidden(nft));
  const hiddenOnes = new Set(hidden);
  const visible = loaded.filter((nft) => !hiddenOnes.has(nft));
  const chosen = (view.tab === 'hidden' ? hidden : visible).filter(matches(view));
  return {
    nfts: sorted(chosen, view.sort),
    collectionCount: new Set(visible.map(contractIdOf)).size,
    hiddenCount: hidden.length,
  };
}

function matches({ collection, type, kind, search }: View): (nft: Nft) => boolean {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return (nft) =>
    (collection === null || isSameContract(collection, keyOf(nft))) &&
    (type === null || nft.tokenType === type) &&
    (kind === null || kindOf(nft) === kind) &&
    (words.length === 0 || hasWords(nft, words));
}

export function isSameContract(one: ContractKey, other: ContractKey): boolean {
  const isSame = one.contract.toLowerCase() === other.contract.toLowerCase();
  return isSame && one.chainId === other.chainId;
}

function kindOf(nft: Nft): View['kind'] | 'unknown' {
  return knownMediaOf(nft).kind ?? 'image';
}

function hasWords(nft: Nft, words: readonly string[]): boolean {
  const text = fold(`${titleOf(nft)} ${collectionOf(nft) ?? ''} #${nft.tokenId}`);
  return words.every((word) => text.includes(word));
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const byName = (a: Nft, b: Nft) => compare(titleOf(a), titleOf(b));

const ORDERS: Record<Exclude<View['sort'], 'listed'>, (a: Nft, b: Nft) => number> = {
  name: byName,
  newest: (a, b) => acquired(b) - acquired(a),
  collection: (a, b) =>
    compare(collectionOf(a) ?? '\uffff', collectionOf(b) ?? '\uffff') || byName(a, b),
};

function sorted(nfts: readonly Nft[], sort: View['sort']): readonly Nft[] {
  return sort === 'listed' ? nfts : [...nfts].sort(ORDERS[sort]);
}

/** Milliseconds since 1970; what nobody dated comes last. */
function acquired({ acquiredAt, mint }: Nft): number {
  const time = Date.parse(acquiredAt?.timestamp ?? mint?.timestamp ?? '');
  return Number.isNaN(time) ? 0 : time;
}

const contractIdOf = ({ chainId, contract }: Nft) => `${chainId}/${contract.address.toLowerCase()}`;

export interface OwnedCollection extends ContractKey {
  name: string | null;
  count: number;
  /** The first, whose picture stands for all. */
  cover: Nft;
}

/** Of the loaded tokens, the largest first. */
export function collectionsOf(nfts: readonly Nft[]): readonly OwnedCollection[] {
  const found = new Map<string, OwnedCollection>();
  for (const nft of nfts) {
    const { chainId, contract } = nft;
    const key = contractIdOf(nft);
    const before = found.get(key);
    const base = before ?? {
      chainId,
      contract: contract.address,
      name: null,
      count: 0,
      cover: nft,
    };
    found.set(key, { ...base, name: base.name ?? collectionOf(nft), count: base.count + 1 });
  }
  return [...found.values()].sort(
    (a, b) => b.count - a.count || compare(a.name ?? '\uffff', b.name ?? '\uffff'),
  );
}
