import { useMemo } from 'react';
import { displayText } from '../displayText.ts';
import { type Address, isAddress } from '../ethereum/address.ts';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';

/** Who an owner is, as far as it is known yet. */
export interface Owner {
  name: string | null;
  address: Address | null;
  /** Nobody has the name, or it is none. */
  isUnknown: boolean;
}

const NO_NAMES: ReadonlySet<string> = new Set(['invalid_argument', 'invalid_name', 'not_found']);

/** Asks ENS for what the page's address does not say: the name of an address, or the address of a name. */
export function useOwner(owner: string, isMine: boolean): Owner {
  const { queries } = useGallery();
  const query = useMemo(() => {
    if (isMine) return queries.holderName(owner);
    return isAddress(owner) ? queries.nameOf(owner) : queries.resolveName(owner);
  }, [queries, owner, isMine]);
  const { status, value, failure } = useStore(query);
  const name = displayText(value?.name ?? null);
  if (isAddress(owner)) return { name, address: owner, isUnknown: false };
  const isNone = failure !== null && NO_NAMES.has(failure.code);
  return {
    name: name ?? displayText(owner),
    address: isAddress(value?.address) ? value.address : null,
    isUnknown: isNone || (status === 'ready' && value === null),
  };
}
