import { useMemo, useState } from 'react';
import { useGallery } from '../gallery.ts';
import { useIsLive, useStore } from '../store.ts';
import { chainOfPage, isOfOwner, onChain } from './chainChoice.ts';
import { labelOf } from './chainName.ts';
import { useChains } from './useChains.ts';

/** Where to look; remembered, and part of the address of a page that shows what an owner holds. */
export function ChainFilter() {
  const { chainChoice, intend, router, texts } = useGallery();
  const [isWanted, setWanted] = useState(false);
  const { page } = useStore(router);
  const isLive = useIsLive();
  const chosen = useStore(chainChoice);
  const ofPage = chainOfPage(page);
  const chains = useChains(isWanted || ofPage !== null);
  const shown = isOfOwner(page) ? ofPage : isLive ? (chosen?.chainId ?? null) : null;
  const options = useMemo(() => {
    const isListed = shown === null || chains.some(({ chainId }) => chainId === shown);
    if (isListed) return chains;
    const named = chosen?.chainId === shown ? chosen : null;
    const name = named?.name ?? labelOf(chains, texts.bar.chainById)(shown);
    return [...chains, { chainId: shown, name, testnet: false }];
  }, [chains, shown, chosen, texts]);

  function want() {
    setWanted(true);
    intend();
  }

  function choose(value: string) {
    const chain = options.find(({ chainId }) => `${chainId}` === value);
    chainChoice.choose(chain ? { chainId: chain.chainId, name: chain.name } : null);
    if (isOfOwner(page)) router.go(onChain(page, chain?.chainId ?? null), { replace: true });
  }

  return (
    <select
      aria-label={texts.bar.chain}
      class="hidden h-10 max-w-40 shrink-0 rounded-full border border-stone-300 bg-white px-3 text-sm text-ellipsis md:block dark:border-stone-700 dark:bg-stone-900"
      value={shown === null ? '' : `${shown}`}
      onPointerEnter={want}
      onFocus={want}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{texts.bar.allChains}</option>
      {options.map(({ chainId, name }) => (
        <option key={chainId} value={`${chainId}`}>
          {name}
        </option>
      ))}
    </select>
  );
}
