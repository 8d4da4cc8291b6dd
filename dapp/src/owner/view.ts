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
  contract: string | null;
  type: (typeof TYPES)[number] | null;
  kind: (typeof KINDS)[number] | null;
  sort: (typeof SORTS)[number];
  search: string;
}

/** What the address says and nobody knows counts as not chosen. */
export function readView(options: RouteOptions): View {
  const { chain = '', contract = '', search = '' } = options;
  return {
    tab: oneOf(TABS, options.tab) ?? 'all',
    chainId: /^[1-9]\d{0,14}$/.test(chain) ? Number(chain) : null,
    contract: /^0x[0-9a-fA-F]{40}$/.test(contract) ? contract : null,
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
  contract,
  type,
  kind,
  sort,
  search,
}: View): RouteOptions {
  return {
    ...(tab !== 'all' && { tab }),
    ...(chainId !== null && { chain: `${chainId}` }),
    ...(contract !== null && { contract }),
    ...(type !== null && { type }),
    ...(kind !== null && { media: kind }),
    ...(sort !== 'listed' && { sort }),
    ...(search !== '' && { search }),
  };
}

/** Whether less is shown than there is. */
export function isNarrowed({ contract, type, kind, search }: View): boolean {
  return contract !== null || type !== null || kind !== null || search.trim() !== '';
}

function oneOf<Value extends string>(
  values: readonly Value[],
  text: string | undefined,
): Value | null {
  return values.find((value) => value === text) ?? null;
}
