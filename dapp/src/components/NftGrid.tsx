import { useState } from 'react';
import type { Nft } from '../nft/nft.ts';
import { NftCard } from './NftCard.tsx';

const GRID = 'grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-5 lg:grid-cols-4';

/** Likely spam stays folded away until asked for. */
export function NftGrid({ nfts }: { nfts: readonly Nft[] }) {
  const [showsSpam, setShowsSpam] = useState(false);
  const genuine = nfts.filter((nft) => !nft.isLikelySpam);
  const spam = nfts.filter((nft) => nft.isLikelySpam);
  const shown = showsSpam ? [...genuine, ...spam] : genuine;
  return (
    <>
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of a list without markers
        <ul role="list" aria-label="NFTs" class={GRID}>
          {shown.map((nft) => (
            <NftCard key={nft.key} nft={nft} />
          ))}
        </ul>
      )}
      {spam.length > 0 && (
        <button
          type="button"
          class="muted mt-6 min-h-11 text-sm underline underline-offset-4 hover:text-stone-900 dark:hover:text-stone-100"
          aria-expanded={showsSpam}
          onClick={() => setShowsSpam(!showsSpam)}
        >
          {showsSpam ? 'Hide likely spam' : `Show ${spam.length} likely spam`}
        </button>
      )}
    </>
  );
}

const SKELETONS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function SkeletonGrid() {
  return (
    <div class={GRID} aria-hidden="true">
      {SKELETONS.map((key) => (
        <div key={key} class="panel animate-pulse overflow-hidden">
          <div class="aspect-square bg-stone-200 dark:bg-stone-800" />
          <div class="space-y-2.5 p-4">
            <div class="h-4 w-3/4 rounded bg-stone-200 dark:bg-stone-800" />
            <div class="h-3 w-1/2 rounded bg-stone-200 dark:bg-stone-800" />
          </div>
        </div>
      ))}
    </div>
  );
}
