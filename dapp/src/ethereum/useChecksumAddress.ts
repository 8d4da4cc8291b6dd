import { useEffect, useState } from 'react';
import { loadOnce } from '../auth/cloud.ts';
import type { Address } from './address.ts';

type ToChecksumAddress = (address: Address) => Address;

const load = loadOnce(async () => (await import('./checksum.ts')).toChecksumAddress);
let loaded: ToChecksumAddress | null = null;

/**
 * EIP-55, for the first script, which has no hash function: the lower-case form, which is valid too,
 * until that is there.
 */
export function useChecksumAddress(address: Address): Address {
  const [toChecksumAddress, set] = useState<ToChecksumAddress | null>(() => loaded);
  useEffect(() => {
    load().then(
      (found) => {
        loaded = found;
        set(() => found);
      },
      () => {}, // the lower-case form stays
    );
  }, []);
  return toChecksumAddress ? toChecksumAddress(address) : address;
}
