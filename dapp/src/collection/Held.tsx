import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import type { ContractKey } from '../queries/galleryQueries.ts';
import { Link } from '../routing/Link.tsx';
import { useStore } from '../store.ts';
import { useCollectionTexts } from '../text/pages/collection.ts';
import { heldCount } from './heldCount.ts';

/** Says what the gate says: whether the wallet that is signed in holds tokens of the collection. */
export function Held({ of }: { of: ContractKey }) {
  const { queries } = useGallery();
  const { chainId, contract } = of;
  const gate = useMemo(() => queries.holds({ chainId, contract }), [queries, chainId, contract]);
  return useStore(gate).value ? <HeldCount of={of} /> : null;
}

function HeldCount({ of: { chainId, contract } }: { of: ContractKey }) {
  const { numbers, queries } = useGallery();
  const words = useCollectionTexts();
  const own = useMemo(
    () => queries.ownedNfts({ chainId, contract, owner: null }),
    [queries, chainId, contract],
  );
  const count = heldCount(useStore(own).value);
  return (
    <Link
      to={{ page: 'me', options: { chain: `${chainId}`, contract } }}
      class="rounded-full bg-stone-900 px-4 py-2 text-sm font-medium text-white hover:bg-stone-700 dark:bg-stone-100 dark:text-stone-900 dark:hover:bg-white"
    >
      {count === null ? words.held : words.heldCount(numbers.count(count))}
    </Link>
  );
}
