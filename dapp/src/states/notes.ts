import type { NftPage } from 'nft-gallery-client';

export type ProviderName = NftPage['provider'];

/** What a person has to know of what is shown. */
export type Note =
  | { kind: 'stale' }
  | { kind: 'partial'; unreadable: number; spamLeftOut: number }
  | { kind: 'failed_over'; used: ProviderName; usual: ProviderName };

/** `usual`: the provider that is asked first, where it is known. */
export function notesOf(
  pages: readonly NftPage[] | null,
  usual: ProviderName | null,
): readonly Note[] {
  const notes: Note[] = [];
  const last = pages?.at(-1);
  if (!pages || !last) return notes;
  if (pages.some(({ stale }) => stale)) notes.push({ kind: 'stale' });
  const sum = (of: (page: NftPage) => number) => pages.reduce((all, page) => all + of(page), 0);
  const unreadable = sum(({ unreadableCount }) => unreadableCount);
  const spamLeftOut = sum(({ hiddenSpam }) => hiddenSpam);
  if (unreadable + spamLeftOut > 0) notes.push({ kind: 'partial', unreadable, spamLeftOut });
  if (usual !== null && last.provider !== usual)
    notes.push({ kind: 'failed_over', used: last.provider, usual });
  return notes;
}
