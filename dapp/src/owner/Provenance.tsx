import type { NftPage } from 'nft-gallery-client';
import { useEffect, useState } from 'react';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { useGallery } from '../gallery.ts';
import { explorerOf } from '../nft/explorers.ts';
import type { QueryState } from '../queries/cache.ts';
import { PROVIDER_NAMES } from '../states/NoteBanner.tsx';
import { FIRST_CHAIN } from './walkChains.ts';

interface ProvenanceProps {
  state: QueryState<readonly NftPage[]>;
  onRefresh(): void;
}

/** In milliseconds; what is younger is said to be of now. */
const OFTEN = 10_000;

/** How old it is and who said so; the rest in a fold. */
export function Provenance({ state: { value, fetchedAt }, onRefresh }: ProvenanceProps) {
  const { now, numbers, texts } = useGallery();
  useTicks();
  const page = value?.[0];
  if (!page || fetchedAt === null) return <p class="min-h-11" />;
  const { asOf } = page;
  const blockTime = Date.parse(asOf?.timestamp ?? '');
  const since = now() - (Number.isNaN(blockTime) ? fetchedAt : blockTime);
  const age = since < OFTEN ? texts.owner.justNow : numbers.ago(since);
  const providers = [...new Set(value?.map(({ provider }) => PROVIDER_NAMES[provider]))].join(', ');
  const block = asOf?.blockNumber ?? null;
  return (
    <details class="muted relative text-sm">
      <summary class="flex min-h-11 cursor-pointer items-center rounded-lg underline-offset-4 hover:underline">
        {block === null
          ? texts.owner.asOf(age, providers)
          : texts.owner.asOfBlock(numbers.count(block), age, providers)}
      </summary>
      <div class="panel absolute end-0 z-6 w-72 max-w-[calc(100vw-2rem)] space-y-3 p-4 shadow-lg">
        <Facts page={page} fetchedAt={fetchedAt} />
        <button type="button" class="button button-quiet w-full" onClick={onRefresh}>
          {texts.owner.refresh}
        </button>
      </div>
    </details>
  );
}

function Facts({ page, fetchedAt }: { page: NftPage; fetchedAt: number }) {
  const { numbers, texts } = useGallery();
  const { asOf, items } = page;
  const explorer = explorerOf(items[0]?.chainId ?? FIRST_CHAIN);
  const block = asOf?.blockNumber ?? null;
  return (
    <dl class="space-y-2">
      <Fact name={texts.owner.provider} value={PROVIDER_NAMES[page.provider]} />
      <Fact name={texts.owner.loadedAt} value={numbers.dateTime(fetchedAt)} />
      <Fact
        name={texts.owner.blockTime}
        value={asOf?.timestamp && numbers.dateTime(asOf.timestamp)}
      />
      <Fact name={texts.owner.blockHash} value={asOf?.blockHash} />
      {block !== null && explorer && (
        <ElsewhereLink url={explorer.block(block)} host={explorer.host}>
          {texts.owner.block(numbers.count(block))}
        </ElsewhereLink>
      )}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  if (!value) return null;
  return (
    <div>
      <dt class="text-xs">{name}</dt>
      <dd class="break-all text-stone-900 dark:text-stone-100">{value}</dd>
    </div>
  );
}

/** Drawn again now and then, as what it says grows old. */
function useTicks() {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), OFTEN);
    return () => clearInterval(timer);
  }, []);
}
