import { useEffect, useMemo } from 'react';
import { displayText } from '../displayText.ts';
import { useGallery } from '../gallery.ts';
import type { Route } from '../routing/routes.ts';
import { useTitle } from '../routing/useTitle.ts';
import { useStore } from '../store.ts';
import { CollectionHeader } from './CollectionHeader.tsx';
import { CollectionTokens } from './CollectionTokens.tsx';
import { UnknownContract } from './UnknownContract.tsx';

interface CollectionPageProps {
  collection: Extract<Route, { page: 'collection' }>;
}

/** One contract: what is known of it, and its tokens. */
export function CollectionPage({ collection }: CollectionPageProps) {
  const { queries, recents } = useGallery();
  const { chainId, contract } = collection;
  const key = useMemo(() => ({ chainId, contract }), [chainId, contract]);
  const query = useMemo(() => queries.contract(key), [queries, key]);
  const state = useStore(query);
  const details = state.value;
  const name = displayText(details?.collection.name ?? details?.contract.name ?? null);
  useTitle(name);
  useEffect(() => {
    if (details) recents.describe(collection, { name, slug: details.collection.slug });
  }, [recents, collection, details, name]);

  if (state.failure?.code === 'not_found' && details === null)
    return <UnknownContract of={collection} />;
  return (
    <>
      <CollectionHeader of={collection} details={details} name={name} />
      <CollectionTokens of={key} name={name} details={query} />
    </>
  );
}
