import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import { GridSkeleton } from '../grid/GridSkeleton.tsx';
import { nftsOf } from '../grid/nftsOf.ts';
import type { RouteOptions } from '../routing/routes.ts';
import { useTitle } from '../routing/useTitle.ts';
import { Empty } from '../states/Empty.tsx';
import { notesOf } from '../states/notes.ts';
import { QueryStatus } from '../states/QueryStatus.tsx';
import { useStore } from '../store.ts';
import { Filters } from './Filters.tsx';
import { Holdings } from './Holdings.tsx';
import { OwnerHeader } from './OwnerHeader.tsx';
import { Tabs } from './Tabs.tsx';
import { useOwnedList } from './useOwnedList.ts';
import { useOwner } from './useOwner.ts';
import { useSelected } from './useSelected.ts';
import { useUsualProvider } from './useUsualProvider.ts';
import { useView } from './useView.ts';

interface OwnerViewProps {
  /** An address or a name. */
  owner: string;
  isMine: boolean;
  options: RouteOptions;
}

export function OwnerView({ owner, isMine, options }: OwnerViewProps) {
  const { texts } = useGallery();
  const who = useOwner(owner, isMine);
  const chosen = useView(options);
  const { chainId, collection } = chosen.view;
  const of = isMine ? null : owner;
  const owned = useOwnedList({ owner: of, chainId, collection });
  const state = useStore(owned.list);
  const loaded = useMemo(() => nftsOf(state.value), [state.value]);
  const selected = useSelected(loaded, chosen.view);
  const usual = useUsualProvider(state.value);
  useTitle(isMine ? null : who.name);
  if (who.isUnknown)
    return <Empty isPage title={texts.owner.unknownName} text={texts.owner.unknownNameText} />;
  return (
    <div class="mt-6">
      <OwnerHeader {...{ owner, who, isMine, state, owned }} chainId={chainId} />
      <Tabs chosen={chosen} counts={state.value && selected} />
      <Filters {...{ of, chosen, loaded, owned, state, shown: selected.nfts.length }} />
      <section aria-label={texts.owner.held}>
        <QueryStatus
          state={state}
          onRetry={owned.list.loadMore}
          onRefresh={owned.list.reload}
          notes={notesOf(state.value, usual)}
        />
        {state.value ? <Holdings {...{ chosen, owned, selected }} /> : <Awaited state={state} />}
      </section>
    </div>
  );
}

/** A failure is told above: cards that never come would contradict it. */
function Awaited({ state: { status } }: { state: { status: string } }) {
  return status === 'loading' ? <GridSkeleton /> : null;
}
