import type { Nft } from 'nft-gallery-client';
import { useMemo } from 'react';
import { PictureIcon } from '../components/icons.tsx';
import { useGallery } from '../gallery.ts';
import { mediaOf } from '../nft/media.ts';
import { QueryStatus } from '../states/QueryStatus.tsx';
import { useTokenTexts } from '../text/pages/token.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { Facts } from './Facts.tsx';
import { Heading } from './Heading.tsx';
import { HideReport } from './HideReport.tsx';
import { RawJson } from './RawJson.tsx';
import { Source } from './Source.tsx';
import { Stage } from './Stage.tsx';
import { Traits } from './Traits.tsx';
import type { TokenRoute } from './tokenRoute.ts';
import { useAsked } from './useAsked.ts';
import type { AskedToken } from './useToken.ts';

interface TokenViewProps {
  token: TokenRoute;
  asked: AskedToken;
  /** Of the element that holds the picture, and of that beside it: dialog and page size them. */
  stage: string;
  details: string;
}

/** One token: its picture, and all that is known of it, or why that is nothing. */
export function TokenView({ token, asked, stage, details }: TokenViewProps) {
  const { nft, state, reload, isSettled } = asked;
  if (nft) return <Known {...{ token, nft, isSettled, stage, details }} />;
  const isLoading = state.status === 'loading';
  return (
    <>
      <div
        class={`grid place-content-center bg-stone-100 dark:bg-stone-950 ${isLoading ? 'animate-pulse' : ''} ${stage}`}
      >
        {!isLoading && <PictureIcon class="muted size-10 opacity-60" />}
      </div>
      <div class={details}>
        <QueryStatus state={state} onRetry={reload} />
        {isLoading && <Skeleton />}
      </div>
    </>
  );
}

interface KnownProps extends Omit<TokenViewProps, 'asked'> {
  nft: Nft;
  isSettled: boolean;
}

function Known({ token, nft, isSettled, stage, details }: KnownProps) {
  const { queries } = useGallery();
  const { chainId, contract, tokenId } = token;
  const media = useMemo(() => mediaOf(nft), [nft]);
  const query = useMemo(
    () => queries.metadata({ chainId, contract, tokenId }),
    [queries, chainId, contract, tokenId],
  );
  const metadata = useAsked(query, isSettled);
  return (
    <>
      <Stage {...{ token, nft, media }} class={stage} />
      <div class={details}>
        <Heading {...{ token, nft }} />
        <Traits attributes={nft.attributes} />
        <Facts {...{ token, nft, isSettled }} />
        <Source {...{ nft, metadata }} onRetry={query.reload} />
        <Elsewhere {...{ token, nft, media }} />
        <RawJson nft={nft} metadata={metadata.value} />
        <HideReport token={token} />
      </div>
    </>
  );
}

function Skeleton() {
  const words = useTokenTexts();
  return (
    <div class="animate-pulse space-y-4">
      <p class="sr-only">{words.loading}</p>
      <div class="h-4 w-1/3 rounded bg-stone-200 dark:bg-stone-800" />
      <div class="h-8 w-2/3 rounded bg-stone-200 dark:bg-stone-800" />
      <div class="h-32 rounded-xl bg-stone-200 dark:bg-stone-800" />
    </div>
  );
}
