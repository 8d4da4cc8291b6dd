import type { Nft } from 'nft-gallery-client';
import { useCallback } from 'react';
import { useGallery } from '../gallery.ts';
import { keyOf } from '../grid/keyOf.ts';
import { NftGrid } from '../grid/NftGrid.tsx';
import { Empty } from '../states/Empty.tsx';
import { useStore } from '../store.ts';
import { CollectionGrid } from './CollectionGrid.tsx';
import type { Selected } from './selectNfts.ts';
import type { OwnedList } from './useOwnedList.ts';
import type { ChosenView } from './useView.ts';
import { isNarrowed, type View } from './view.ts';

interface HoldingsProps {
  chosen: ChosenView;
  owned: OwnedList;
  selected: Selected;
}

/** The tab that was chosen. */
export function Holdings({ chosen, owned: { list }, selected: { nfts } }: HoldingsProps) {
  const { hidden, texts } = useGallery();
  const isWhole = useStore(list).status === 'ready' && !list.hasMore();
  const { tab } = chosen.view;
  const showAgain = useCallback(
    (nft: Nft) =>
      hidden.find(keyOf(nft)) && (
        <button
          type="button"
          class="button button-quiet min-h-9 bg-white px-3 dark:bg-stone-900"
          onClick={() => hidden.show(keyOf(nft))}
        >
          {texts.owner.showAgain}
        </button>
      ),
    [hidden, texts],
  );
  return (
    <>
      {nfts.length === 0 && isWhole && <Nothing chosen={chosen} />}
      {tab === 'collections' ? (
        <CollectionGrid {...{ nfts, list, chosen }} />
      ) : (
        <NftGrid
          {...{ nfts, list }}
          label={tab === 'hidden' ? texts.owner.hiddenList : texts.owner.list}
          {...(tab === 'hidden' && { actionOf: showAgain })}
        />
      )}
    </>
  );
}

const NO_FILTERS = { collection: null, type: null, kind: null, search: '' } satisfies Partial<View>;

function Nothing({ chosen: { view, choose } }: Pick<HoldingsProps, 'chosen'>) {
  const { owner } = useGallery().texts;
  if (isNarrowed(view))
    return (
      <Empty title={owner.noMatch}>
        <button type="button" class="button button-quiet" onClick={() => choose(NO_FILTERS)}>
          {owner.clear}
        </button>
      </Empty>
    );
  if (view.tab === 'hidden') return <Empty title={owner.nothingHidden} text={owner.hiddenText} />;
  return <Empty title={owner.nothing} text={owner.nothingText} />;
}
