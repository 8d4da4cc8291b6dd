import type { Nft } from 'nft-gallery-client';
import { useMemo } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { shortAddress } from '../ethereum/address.ts';
import { collectionOf, titleOf } from '../grid/words.ts';
import { Link } from '../routing/Link.tsx';
import { toHash } from '../routing/routes.ts';
import { useTokenTexts } from '../text/pages/token.ts';
import { paragraphs } from './paragraphs.ts';
import type { TokenRoute } from './tokenRoute.ts';

interface HeadingProps {
  token: TokenRoute;
  nft: Nft;
}

/** What it is called, and what its maker says of it. */
export function Heading({ token, nft }: HeadingProps) {
  const texts = useTokenTexts();
  return (
    <header>
      <div class="flex flex-wrap items-center justify-between gap-x-3">
        <Collection {...{ token, nft }} />
        <CopyButton
          text={new URL(toHash(token), window.location.href).href}
          label={texts.copyLink}
          class="-mr-3 flex-row-reverse"
        >
          {texts.copyLinkShort}
        </CopyButton>
      </div>
      <h1 class="text-2xl font-semibold tracking-tight text-balance wrap-anywhere">
        <bdi>{titleOf(nft)}</bdi>
      </h1>
      {nft.metadataStatus === 'pending' && <p class="muted mt-2 text-sm">{texts.pending}</p>}
      <Description text={nft.description} />
    </header>
  );
}

function Collection({ token: { chainId, contract }, nft }: HeadingProps) {
  const texts = useTokenTexts();
  return (
    <p class="flex min-w-0 grow basis-28 items-center gap-1.5 text-sm">
      <Link
        to={{ page: 'collection', chainId, contract }}
        class="min-w-0 truncate font-medium text-amber-800 underline-offset-4 hover:underline dark:text-amber-400"
      >
        <bdi>{collectionOf(nft) ?? shortAddress(contract)}</bdi>
      </Link>
      {nft.collection.verified && (
        <span role="img" aria-label={texts.verified} title={texts.verified}>
          ✓
        </span>
      )}
    </p>
  );
}

function Description({ text }: { text: string | null }) {
  const lines = useMemo(() => paragraphs(text), [text]);
  if (lines.length === 0) return null;
  return (
    <div class="mt-3 space-y-2 text-sm leading-relaxed">
      {lines.map((line, at) => (
        <p key={at} class="wrap-anywhere">
          <bdi>{line}</bdi>
        </p>
      ))}
    </div>
  );
}
