import type { Eip1193Provider } from 'nft-gallery-client';
import { useEffect, useState } from 'react';

/** https://eips.ethereum.org/EIPS/eip-6963 */
interface AnnouncedWallet {
  info: { uuid: string; name: string };
  provider: Eip1193Provider;
}

/** The wallets that announced themselves to the page. */
export function useWallets(): readonly AnnouncedWallet[] {
  const [wallets, setWallets] = useState<readonly AnnouncedWallet[]>([]);
  useEffect(() => {
    const onAnnounce = ({ detail }: CustomEventInit<AnnouncedWallet>) => {
      if (!detail) return;
      const isOther = ({ info }: AnnouncedWallet) => info.uuid !== detail.info.uuid;
      setWallets((known) => [...known.filter(isOther), detail]);
    };
    addEventListener('eip6963:announceProvider', onAnnounce as EventListener);
    dispatchEvent(new Event('eip6963:requestProvider'));
    return () => removeEventListener('eip6963:announceProvider', onAnnounce as EventListener);
  }, []);
  return wallets;
}
