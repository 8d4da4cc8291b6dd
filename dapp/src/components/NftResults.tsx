import { explainNftError } from '../nft/errors.ts';
import type { NftList, NftListState } from '../nft/nftList.ts';
import { useStore } from '../store.ts';
import { PictureIcon, Spinner } from './icons.tsx';
import { sourceLabel } from './labels.ts';
import { NftGrid, SkeletonGrid } from './NftGrid.tsx';

/** What a list shows in each of its states. */
export function NftResults({ list }: { list: NftList }) {
  const state = useStore(list);
  if (!state.query) return null;
  const isBusy = state.status === 'loading' || state.status === 'loading-more';
  const isEmpty = state.status === 'ready' && state.nfts.length === 0 && state.cursor === null;
  return (
    <div class="mt-8" aria-busy={isBusy}>
      <ResultsHeader state={state} />
      {state.status === 'loading' && <SkeletonGrid />}
      {state.nfts.length > 0 && <NftGrid nfts={state.nfts} />}
      {isEmpty && <Empty isOwn={state.query.kind === 'own'} />}
      {state.status === 'failed' && <Failure state={state} onRetry={list.retry} />}
      {state.cursor !== null && state.status !== 'failed' && (
        <div class="mt-8 flex justify-center">
          <button
            type="button"
            class="button button-quiet"
            disabled={isBusy}
            onClick={() => void list.loadMore()}
          >
            {isBusy && <Spinner />}
            Load more
          </button>
        </div>
      )}
    </div>
  );
}

function ResultsHeader({ state }: { state: NftListState }) {
  const { nfts, query, status } = state;
  const isCollection = query?.kind === 'collection';
  const title = isCollection ? (nfts[0]?.collectionName ?? 'Collection') : null;
  return (
    <div class="mb-5 min-h-11">
      {isCollection && (
        <h3 class="flex min-h-7 flex-wrap items-baseline gap-x-3 text-lg font-semibold">
          {status === 'loading' ? '' : title}
          <span class="muted font-mono text-xs font-normal break-all">{query.contractAddress}</span>
        </h3>
      )}
      <p class="muted text-sm" aria-live="polite">
        {[progressText(state), query && sourceLabel(query)].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}

function progressText({ status, nfts, totalCount }: NftListState): string | null {
  if (status === 'loading') return 'Loading NFTs…';
  if (nfts.length === 0) return null;
  const isPart = totalCount !== null && totalCount > nfts.length;
  if (isPart) return `${nfts.length} of ${totalCount} NFTs`;
  return `${nfts.length} ${nfts.length === 1 ? 'NFT' : 'NFTs'}`;
}

function Empty({ isOwn }: { isOwn: boolean }) {
  return (
    <div class="panel flex flex-col items-center px-6 py-14 text-center">
      <PictureIcon class="size-10 text-stone-400" />
      <p class="mt-4 font-medium">No NFTs found</p>
      <p class="muted mt-1 max-w-sm text-sm">
        {isOwn
          ? 'The provider knows of none that this wallet holds on Ethereum.'
          : 'There may be no NFT contract at this address on Ethereum.'}
      </p>
    </div>
  );
}

function Failure({ state, onRetry }: { state: NftListState; onRetry(): Promise<void> }) {
  const { error } = state;
  if (!error) return null;
  return (
    <div role="alert" class="panel mt-6 flex flex-col items-center px-6 py-10 text-center">
      <p class="font-medium">{explainNftError(error)}</p>
      {error.requestId && <p class="muted mt-1 text-xs">Reference: {error.requestId}</p>}
      <button type="button" class="button button-quiet mt-5" onClick={() => void onRetry()}>
        Try again
      </button>
    </div>
  );
}
