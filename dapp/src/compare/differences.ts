import type { Nft } from './nft.ts';
import type { RawPage } from './rawRoutes.ts';

/** What is compared of a token. `listed`: whether an answer has it at all. */
export type Field =
  | 'listed'
  | 'title'
  | 'collection'
  | 'standard'
  | 'balance'
  | 'description'
  | 'picture'
  | 'moving'
  | 'spam';

export interface Difference {
  /** Contract address and token id. */
  key: string;
  title: string;
  fields: readonly { field: Field; values: readonly (string | null)[] }[];
}

export interface Comparison {
  /** Tokens that all answers describe alike. */
  alike: number;
  different: readonly Difference[];
}

/** What an answer says of a token, as text; null where it says nothing. */
const READERS: Record<Exclude<Field, 'listed'>, (nft: Nft) => string | null> = {
  title: (nft) => nft.title,
  collection: (nft) => nft.collectionName,
  standard: (nft) => nft.tokenType,
  balance: (nft) => nft.balance,
  description: (nft) => nft.description,
  picture: (nft) => hostOf(nft.images[0]),
  moving: (nft) => nft.animation?.kind ?? null,
  spam: (nft) => (nft.isLikelySpam ? 'yes' : 'no'),
};

/**
 * Compares lists of the same tokens, one for each route. Null is a list that has not come; one with
 * a next page may still have what it lacks.
 */
export function compareLists(lists: readonly (readonly RawPage[] | null)[]): Comparison {
  const columns = lists.map((pages) => ({
    tokens: pages && new Map(tokensOf(pages).map((nft) => [nft.key, nft])),
    isWhole: pages?.at(-1)?.nextCursor === null,
  }));
  const all = new Map(columns.flatMap(({ tokens }) => [...(tokens ?? [])]));
  const compared = [...all.values()].map(({ key, title }): Difference => {
    const found = columns.map(({ tokens, isWhole }) => {
      const nft = tokens?.get(key);
      return nft ?? (isWhole ? 'missing' : 'unknown');
    });
    return { key, title, fields: differingFields(found) };
  });
  const different = compared.filter(({ fields }) => fields.length > 0);
  return { alike: compared.length - different.length, different };
}

type Found = Nft | 'missing' | 'unknown';

function differingFields(found: readonly Found[]): Difference['fields'] {
  const listed = found.map((one) => (one === 'unknown' ? null : one === 'missing' ? 'no' : 'yes'));
  const rows = (Object.keys(READERS) as Exclude<Field, 'listed'>[]).map((field) => ({
    field,
    values: found.map((one) => (typeof one === 'string' ? null : READERS[field](one))),
    isSame: isSame(found.filter((one) => typeof one !== 'string').map(READERS[field])),
  }));
  const isMissing = found.includes('missing');
  const fields = rows.filter((row) => !row.isSame).map(({ field, values }) => ({ field, values }));
  return [...(isMissing ? [{ field: 'listed' as const, values: listed }] : []), ...fields];
}

function isSame(values: readonly (string | null)[]): boolean {
  return values.every((value) => value === values[0]);
}

function hostOf(url: string | undefined): string | null {
  if (url === undefined) return null;
  return url.startsWith('data:') ? 'data:' : new URL(url).host;
}

/** Of all pages, each token once: there is no snapshot, so pages may overlap. */
export function tokensOf(pages: readonly RawPage[]): readonly Nft[] {
  return [...new Map(pages.flatMap(({ nfts }) => nfts).map((nft) => [nft.key, nft])).values()];
}
