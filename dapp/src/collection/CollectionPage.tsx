import type { Route } from '../routing/routes.ts';

interface CollectionPageProps {
  collection: Extract<Route, { page: 'collection' }>;
}

export function CollectionPage({ collection }: CollectionPageProps) {
  return <p class="mt-10">{collection.contract}</p>;
}
