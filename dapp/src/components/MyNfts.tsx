import { useEffect, useRef, useState } from 'react';
import type { Gallery } from '../gallery.ts';
import type { Integration, Provider } from '../nft/api.ts';
import type { NftList } from '../nft/nftList.ts';
import { Choice } from './Choice.tsx';
import { INTEGRATION_NAMES, PROVIDER_NAMES } from './labels.ts';
import { NftResults } from './NftResults.tsx';

interface Lists {
  own: NftList;
  collection: NftList;
}

/** The signed-in wallet's NFTs; loads by itself, and again on every choice. */
export function MyNfts({ gallery }: { gallery: Gallery & Lists }) {
  const [provider, setProvider] = useState<Provider>('alchemy');
  const [integration, setIntegration] = useState<Integration>('http');
  const section = useRef<HTMLElement>(null);

  useEffect(() => {
    void gallery.own.load({ kind: 'own', provider, integration });
  }, [gallery, provider, integration]);

  useEffect(() => {
    const isPushedDown = gallery.collection.get().nfts.length > 0;
    if (isPushedDown) section.current?.scrollIntoView({ behavior: 'smooth' });
  }, [gallery]);

  return (
    <section ref={section} aria-labelledby="my-nfts-title" class="mt-14 scroll-mt-20">
      <div class="flex flex-wrap items-end justify-between gap-x-8 gap-y-5">
        <div>
          <h2 id="my-nfts-title" class="text-2xl font-semibold tracking-tight">
            My NFTs
          </h2>
          <p class="muted mt-1 text-sm">What the signed-in wallet holds on Ethereum.</p>
        </div>
        <div class="flex flex-wrap gap-x-6 gap-y-4">
          <Choice
            label="Provider"
            value={provider}
            options={PROVIDER_NAMES}
            onChange={setProvider}
          />
          <Choice
            label="Integration"
            value={integration}
            options={INTEGRATION_NAMES}
            onChange={setIntegration}
          />
        </div>
      </div>
      <NftResults list={gallery.own} />
    </section>
  );
}
