import { useMemo } from 'react';
import { Avatar } from '../components/Avatar.tsx';
import { displayText } from '../displayText.ts';
import { type Address, shortAddress } from '../ethereum/address.ts';
import { useGallery } from '../gallery.ts';
import { Link } from '../routing/Link.tsx';
import { useAsked } from './useAsked.ts';

interface OwnerLinkProps {
  address: Address;
  isSettled: boolean;
}

/** By the name that the address has, where a node is there to ask. */
export function OwnerLink({ address, isSettled }: OwnerLinkProps) {
  const { queries } = useGallery();
  const query = useMemo(() => queries.nameOf(address), [queries, address]);
  const name = displayText(useAsked(query, isSettled).value?.name ?? null, 60);
  return (
    <Link
      to={{ page: 'owner', owner: address }}
      class="inline-flex min-w-0 items-center gap-2 font-medium underline-offset-4 hover:underline"
    >
      <Avatar of={address} class="size-6" />
      <bdi class="min-w-0 truncate" title={address}>
        {name ?? shortAddress(address)}
      </bdi>
    </Link>
  );
}
