import { useGallery } from '../gallery.ts';
import { QueryStatus } from '../states/QueryStatus.tsx';
import { useStore } from '../store.ts';
import { useCompareTexts } from '../text/pages/compare.ts';
import { tokensOf } from './differences.ts';
import type { Nft } from './nft.ts';
import type { RawRoute } from './rawRoutes.ts';
import type { RawList } from './useRawLists.ts';

export const PROVIDER_NAMES = { alchemy: 'Alchemy', moralis: 'Moralis' } as const;
export const INTEGRATION_NAMES = { http: 'HTTP', lambda: 'Lambda' } as const;

export function routeName({ provider, integration }: RawRoute): string {
  return `${PROVIDER_NAMES[provider]} · ${INTEGRATION_NAMES[integration]}`;
}

/** What one route answered, how long that took, and how much it was. */
export function RouteColumn({ route, list }: { route: RawRoute; list: RawList }) {
  const words = useCompareTexts();
  const state = useStore(list);
  const pages = state.value ?? [];
  const tokens = tokensOf(pages);
  const isBusy = state.status === 'loading';
  return (
    <article
      class="panel flex h-full flex-col p-4"
      aria-label={routeName(route)}
      aria-busy={isBusy}
    >
      <h3 class="font-semibold">{routeName(route)}</h3>
      <code class="muted mt-0.5 block truncate text-xs">/{route.path}</code>
      <Costs pages={pages} count={tokens.length} />
      <QueryStatus state={state} onRetry={list.loadMore} onRefresh={list.reload} />
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        aria-label={words.tokensOf(routeName(route))}
        class="max-h-96 space-y-1.5 overflow-y-auto rounded-lg"
      >
        {tokens.map((nft) => (
          <TokenRow key={nft.key} nft={nft} />
        ))}
      </ul>
      {state.status === 'ready' && tokens.length === 0 && !list.hasMore() && (
        <p class="muted text-sm">{words.none}</p>
      )}
      {list.hasMore() && state.status === 'ready' && (
        <button type="button" class="button button-quiet mt-4 self-start" onClick={list.loadMore}>
          {words.more}
        </button>
      )}
    </article>
  );
}

interface CostsProps {
  pages: readonly { milliseconds: number; bytes: number; totalCount: number | null }[];
  count: number;
}

function Costs({ pages, count }: CostsProps) {
  const { numbers } = useGallery();
  const words = useCompareTexts();
  const sum = (of: (page: CostsProps['pages'][number]) => number) =>
    pages.reduce((all, page) => all + of(page), 0);
  const total = pages.at(-1)?.totalCount ?? null;
  const shown = numbers.count(count);
  const isThere = pages.length > 0;
  return (
    <dl class="my-3 grid grid-cols-[repeat(auto-fit,minmax(4.5rem,1fr))] gap-2 text-sm tabular-nums">
      <Cost
        label={words.time}
        value={
          isThere
            ? words.milliseconds(numbers.count(Math.round(sum((page) => page.milliseconds))))
            : '…'
        }
      />
      <Cost label={words.size} value={isThere ? numbers.bytes(sum((page) => page.bytes)) : '…'} />
      <Cost
        label={words.tokens}
        value={
          !isThere
            ? '…'
            : total === null || total === count
              ? shown
              : words.partOf(shown, numbers.count(total))
        }
      />
    </dl>
  );
}

function Cost({ label, value }: { label: string; value: string }) {
  return (
    <div class="min-w-0">
      <dt class="muted text-xs">{label}</dt>
      <dd class="font-medium">{value}</dd>
    </div>
  );
}

function TokenRow({ nft }: { nft: Nft }) {
  const { texts } = useGallery();
  const [picture] = nft.isLikelySpam ? [] : nft.images;
  return (
    <li class="flex min-w-0 items-center gap-3 text-sm">
      <span class="size-9 shrink-0 overflow-hidden rounded-lg bg-stone-200 dark:bg-stone-800">
        {picture && (
          <img
            src={picture}
            alt=""
            width="36"
            height="36"
            loading="lazy"
            decoding="async"
            referrerPolicy="no-referrer"
            class="size-full object-cover"
          />
        )}
      </span>
      <span class="min-w-0 grow truncate">
        <bdi title={`${nft.tokenId} · ${nft.contractAddress}`}>{nft.title}</bdi>
      </span>
      {nft.balance && <span class="muted shrink-0 text-xs tabular-nums">×{nft.balance}</span>}
      {nft.isLikelySpam && (
        <span class="shrink-0 text-xs text-red-700 dark:text-red-400">{texts.grid.spam}</span>
      )}
    </li>
  );
}
