import type { Nft } from '../nft/nft.ts';
import { NftMedia } from './NftMedia.tsx';

export function NftCard({ nft }: { nft: Nft }) {
  const id = `${nft.title} · token ${nft.tokenId} of ${nft.contractAddress}`;
  return (
    <li class="panel group flex flex-col overflow-hidden transition-shadow hover:shadow-lg hover:shadow-stone-900/8 dark:hover:border-stone-600 dark:hover:shadow-none">
      <NftMedia nft={nft} />
      <div class="flex grow flex-col p-3.5 sm:p-4">
        <div class="flex items-start justify-between gap-2">
          <p class="line-clamp-2 min-w-0 text-sm font-medium break-words" title={id}>
            <bdi>{nft.title}</bdi>
          </p>
          {nft.balance && (
            <span class="shrink-0 rounded-full bg-amber-100 px-2 py-0.5 text-xs font-semibold text-amber-900 tabular-nums dark:bg-amber-400/20 dark:text-amber-200">
              x{nft.balance}
            </span>
          )}
        </div>
        <Origin nft={nft} />
        {nft.description && (
          <p class="muted mt-2 line-clamp-2 text-xs break-words" title={nft.description}>
            <bdi>{nft.description}</bdi>
          </p>
        )}
      </div>
    </li>
  );
}

const STANDARDS = { ERC721: 'ERC-721', ERC1155: 'ERC-1155', UNKNOWN: null } as const;

function Origin({ nft }: { nft: Nft }) {
  const isNamed = nft.collectionName !== null && nft.collectionName !== nft.title;
  return (
    <p class="muted mt-1 flex flex-wrap gap-x-2 text-xs">
      {isNamed && <bdi class="max-w-full truncate">{nft.collectionName}</bdi>}
      {STANDARDS[nft.tokenType] && <span>{STANDARDS[nft.tokenType]}</span>}
      {nft.isLikelySpam && (
        <span class="font-medium text-red-700 dark:text-red-400">Likely spam</span>
      )}
    </p>
  );
}
