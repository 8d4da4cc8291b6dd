import type { NftPage } from 'nft-gallery-client';

const AMOUNT = /^\d{1,78}$/;

/**
 * How many tokens a list of one owner and contract has, with the amounts of ERC-1155; null while
 * nobody knows. Decimal: amounts may have 78 digits.
 */
export function heldCount(pages: readonly NftPage[] | null): string | null {
  const last = pages?.at(-1);
  if (!pages || !last) return null;
  if (last.nextCursor !== null) return last.totalCount === null ? null : `${last.totalCount}`;
  const amounts = pages.flatMap(({ items }) => items).map(({ balance }) => balance ?? '1');
  const sum = amounts
    .filter((amount) => AMOUNT.test(amount))
    .reduce((all, amount) => all + BigInt(amount), 0n);
  return sum === 0n ? null : `${sum}`;
}
