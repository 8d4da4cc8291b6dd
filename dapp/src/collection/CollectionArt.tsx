import type { ContractDetails } from 'nft-gallery-client';
import { useState } from 'react';
import { Avatar } from '../components/Avatar.tsx';
import { avatarOf } from '../components/avatarShapes.ts';
import type { Address } from '../ethereum/address.ts';
import { directUrls } from '../nft/knownHosts.ts';

interface CollectionArtProps {
  address: Address;
  collection: ContractDetails['collection'] | null;
  spam: ContractDetails['spam'] | null;
}

/** Its banner and picture, where they may be loaded; else what is drawn from its address. */
export function CollectionArt({ address, collection, spam }: CollectionArtProps) {
  const isShown = collection !== null && !spam?.isSpam;
  const banner = isShown ? collection.bannerImageUrl : null;
  const picture = isShown ? collection.imageUrl : null;
  return (
    <div class="relative -mx-4 pb-10 sm:mx-0 sm:pt-6 sm:pb-12">
      <div class="relative h-28 overflow-hidden bg-stone-200 sm:h-44 sm:rounded-2xl dark:bg-stone-800">
        <DrawnBanner address={address} />
        <Loaded key={banner} url={banner} />
      </div>
      <div class="absolute bottom-0 left-4 size-20 overflow-hidden rounded-2xl border-4 border-stone-50 bg-stone-200 sm:left-6 sm:size-24 dark:border-stone-950 dark:bg-stone-800">
        <Avatar of={address} class="size-full !rounded-none" />
        <Loaded key={picture} url={picture} />
      </div>
    </div>
  );
}

/** Over what is drawn: that stays where the picture does not come. */
function Loaded({ url }: { url: string | null }) {
  const [state, setState] = useState<'waiting' | 'there' | 'failed'>('waiting');
  const [source] = url === null ? [] : directUrls([url]);
  if (source === undefined || state === 'failed') return null;
  return (
    <img
      src={source}
      alt=""
      decoding="async"
      referrerPolicy="no-referrer"
      class={`absolute inset-0 size-full object-cover transition-opacity duration-300 ${state === 'there' ? '' : 'opacity-0'}`}
      onLoad={() => setState('there')}
      onError={() => setState('failed')}
    />
  );
}

function DrawnBanner({ address }: { address: Address }) {
  const { ground, discs } = avatarOf(address.toLowerCase());
  return (
    <svg
      viewBox="0 0 64 12"
      preserveAspectRatio="xMidYMid slice"
      class="absolute inset-0 size-full"
      aria-hidden="true"
    >
      <rect width="64" height="12" fill={ground} />
      {discs.map(({ x, y, radius, fill }, index) => (
        <circle
          key={radius}
          cx={8 + index * 24 + x / 8}
          cy={y / 6}
          r={radius / 2}
          fill={fill}
          fill-opacity="0.75"
        />
      ))}
    </svg>
  );
}
