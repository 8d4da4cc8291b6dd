import type { ContractKey } from '../queries/galleryQueries.ts';
import type { RouteOptions } from '../routing/routes.ts';

export const TABS = ['all', 'collections', 'hidden'] as const;
export const TYPES = ['ERC721', 'ERC1155'] as const;
export const KINDS = ['image', 'video', 'audio', 'model', 'html'] as const;
export const SORTS = ['listed', 'name', 'newest', 'collection'] as const;

/** What a person chose to see; it stands in the page's address, so it can be shared. */
export interface View {
  tab: (typeof TABS)[number];
  /** null is all. */
  chainId: number | null;
  collection: ContractKey | null;
  type: (typeof TYPES)[number] | null;
  kind: (typeof KINDS)[number] | null;
  sort: (typeof SORTS)[number];
  search: string;
}

/** What the address says and nobody knows counts as not chosen. */
export function readView(options: RouteOptions): View {
  const { chain = '', collection = '', search = '' } = options;
  return {
    tab: oneOf(TABS, options.tab) ?? 'all',
    chainId: /^[1-9]\d{0,14}$/.test(chain) ? Number(chain) : null,
    collection: readCollection(collection),
    type: oneOf(TYPES, options.type),
    kind: oneOf(KINDS, options.media),
    sort: oneOf(SORTS, options.sort) ?? 'listed',
    search,
  };
}

/** Only what differs from a page without any. */
export function optionsOf({
  tab,
  chainId,
  collection,
  type,
  kind,
  sort,
  search,
}: View): RouteOptions {
  return {
    ...(tab !== 'all' && { tab }),
    ...(chainId !== null && { chain: `${chainId}` }),
    ...(collection !== null && { collection: writeCollection(collection) }),
    ...(type !== null && { type }),
    ...(kind !== null && { media: kind }),
    ...(sort !== 'listed' && { sort }),
    ...(search !== '' && { search }),
  };
}

/** `1:0xBC4C…` */
export function writeCollection({ chainId, contract }: ContractKey): string {
  return `${chainId}:${contract}`;
}

function readCollection(text: string): ContractKey | null {
  const [, chainId, contract] = /^([1-9]\d{0,14}):(0x[0-9a-fA-F]{40})$/.exec(text) ?? [];
  return chainId && contract ? { chainId: Number(chainId), contract } : null;
}

/** Whether less is shown than there is. */
export function isNarrowed({ collection, type, kind, search }: View): boolean {
  return collection !== null || type !== null || kind !== null || search.trim() !== '';
}

function oneOf<Value extends string>(
  values: readonly Value[],
  text: string | undefined,
): Value | null {
  return values.find((value) => value === text) ?? null;
}
