import type { Nft } from 'nft-gallery-client';
import type { ReactNode } from 'react';
import { Picture } from '../components/Picture.tsx';
import { displayText } from '../displayText.ts';
import { useGallery } from '../gallery.ts';
import type { SpamReason } from '../nft/spam.ts';
import { Link } from '../routing/Link.tsx';
import type { Route } from '../routing/routes.ts';
import { tokenRoute } from '../token/tokenRoute.ts';
import { keyOf } from './keyOf.ts';
import { knownMediaOf } from './mediaCache.ts';
import { collectionOf, STANDARDS, titleOf } from './words.ts';

interface NftCardProps {
  nft: Nft;
  /** Beside the link, such as a button. */
  action?: ReactNode;
}

/** Art first. The whole card is one link; spam shows no picture, and why it is folded. */
export function NftCard({ nft, action }: NftCardProps) {
  return (
    <div class="panel group relative h-full overflow-hidden transition-shadow focus-within:border-stone-400 hover:border-stone-400 dark:hover:border-stone-600">
      <Link over to={routeOf(nft)} class="block -outline-offset-2 rounded-2xl">
        <CardArt nft={nft} />
        <span class="block h-16 px-3 py-2.5">
          <span class="block truncate text-sm leading-5 font-medium">
            <bdi>{titleOf(nft)}</bdi>
          </span>
          <Origin nft={nft} />
        </span>
      </Link>
      {action && <div class="absolute right-2 bottom-2">{action}</div>}
    </div>
  );
}

function CardArt({ nft }: { nft: Nft }) {
  const { grid } = useGallery().texts;
  const media = knownMediaOf(nft);
  return (
    <span class="relative block aspect-square overflow-hidden bg-stone-100 dark:bg-stone-800">
      {media.spam ? (
        <Folded reason={media.spam} />
      ) : (
        <Picture token={keyOf(nft)} ways={media.card} alt="" fit="card" />
      )}
      {media.kind && media.kind !== 'unknown' && (
        <Badge side="left-2">{grid.kinds[media.kind]}</Badge>
      )}
      <Balance nft={nft} />
    </span>
  );
}

function Balance({ nft: { balance } }: { nft: Nft }) {
  const { numbers, texts } = useGallery();
  if (balance === null || balance === '1' || balance === '0') return null;
  return (
    <Badge side="right-2">
      <span aria-hidden="true">×{numbers.compact(balance)}</span>
      <span class="sr-only">{texts.grid.balance(numbers.count(balance))}</span>
    </Badge>
  );
}

function Badge({ side, children }: { side: 'left-2' | 'right-2'; children: ReactNode }) {
  return (
    <span
      class={`absolute top-2 ${side} rounded-full bg-stone-950/75 px-2 py-0.5 text-xs font-medium text-white tabular-nums`}
    >
      {children}
    </span>
  );
}

function Folded({ reason }: { reason: SpamReason }) {
  const { grid } = useGallery().texts;
  const said = reason.by === 'provider' ? reason.classifications : [];
  const why = said.map((word) => displayText(word, 40)).filter(Boolean);
  return (
    <span class="muted flex size-full flex-col items-center justify-center gap-1 px-3 text-center text-xs">
      <span class="font-medium text-red-700 dark:text-red-400">{grid.spam}</span>
      <span class="line-clamp-3">
        {reason.by === 'words' ? (
          grid.spamByWords
        ) : (
          <>
            {grid.spamByProvider} <bdi>{why.join(', ')}</bdi>
          </>
        )}
      </span>
    </span>
  );
}

function Origin({ nft }: { nft: Nft }) {
  const standard = STANDARDS[nft.tokenType];
  const collection = collectionOf(nft);
  return (
    <span class="muted mt-0.5 flex gap-1.5 text-xs leading-5 whitespace-nowrap">
      {collection && <bdi class="truncate">{collection}</bdi>}
      {standard && <span class="shrink-0">{standard}</span>}
    </span>
  );
}

function routeOf(nft: Nft): Route {
  return tokenRoute(keyOf(nft)) ?? { page: 'unknown', text: nft.contract.address };
}
