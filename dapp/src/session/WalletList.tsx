import { useState } from 'react';
import { WALLET_KEY } from '../auth/tokenPlace.ts';
import { ChevronIcon, PhoneIcon, WalletIcon } from '../components/icons.tsx';
import { useGallery } from '../gallery.ts';
import { focusSearch } from '../search/focusSearch.ts';
import { useStore } from '../store.ts';
import { useSignInTexts } from '../text/pages/signIn.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { OnMyPhone } from './OnMyPhone.tsx';
import { Remember } from './Remember.tsx';
import { OfferWalletConnect } from './WalletConnect.tsx';

/** The wallets of this browser, the last used one first, and ways in without one. */
export function WalletList() {
  const { wallets, signIn, storage } = useGallery();
  const words = useSignInTexts();
  const [isOnPhone, setOnPhone] = useState(
    () => wallets.list().length === 0 && window.matchMedia('(pointer: coarse)').matches,
  );
  useStore(wallets);
  const lastUsed = storage.getItem(WALLET_KEY);
  const found = lastUsedFirst(wallets.list(), lastUsed);

  function lookAround() {
    signIn.close();
    setTimeout(focusSearch);
  }

  return (
    <>
      {found.length === 0 && <p class="muted mt-3 text-sm">{words.noWallet}</p>}
      <ul class="mt-3 grid grid-cols-[minmax(0,1fr)] gap-1">
        {found.map((wallet) => (
          <li key={wallet.uuid}>
            <button type="button" class={ROW} onClick={() => void signIn.start(wallet)}>
              <Icon wallet={wallet} />
              <bdi class="line-clamp-3 grow" title={wallet.name}>
                {wallet.name}
              </bdi>
              {wallet.rdns === lastUsed && found.length > 1 && (
                <span class="muted text-xs font-normal">{words.lastUsed}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <OfferWalletConnect class={`${ROW} mt-1`} />
      <button
        type="button"
        class={`${ROW} mt-1`}
        aria-expanded={isOnPhone}
        onClick={() => setOnPhone(!isOnPhone)}
      >
        <PhoneIcon class={`${ICON} p-1.5`} />
        <span class="grow">{words.onPhone}</span>
        <ChevronIcon class={`size-4 ${isOnPhone ? 'rotate-180' : ''}`} />
      </button>
      {isOnPhone && <OnMyPhone />}
      <Remember class="mt-4" />
      <button type="button" class="button button-quiet mt-4 w-full" onClick={lookAround}>
        {words.lookAround}
      </button>
    </>
  );
}

const ROW =
  'flex min-h-12 w-full items-center gap-3 rounded-xl px-[min(0.75rem,2vw)] text-left font-medium hover:bg-stone-100 dark:hover:bg-stone-800';

/** No larger where the text is: a small window has room for little more than the name. */
const ICON = 'size-[min(2rem,10vw)] shrink-0';

function Icon({ wallet }: { wallet: Wallet }) {
  if (wallet.icon === null) return <WalletIcon class={`${ICON} p-1`} />;
  return <img src={wallet.icon} alt="" class={`${ICON} rounded-lg`} />;
}

function lastUsedFirst(wallets: readonly Wallet[], rdns: string | null): Wallet[] {
  const rank = (wallet: Wallet) => (wallet.rdns === rdns ? 0 : 1);
  return [...wallets].sort((one, other) => rank(one) - rank(other));
}
