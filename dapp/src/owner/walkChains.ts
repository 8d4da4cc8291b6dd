import type { Chain, NftPage } from 'nft-gallery-client';
import type { ListQuery, Query, QueryState } from '../queries/cache.ts';
import { createStore } from '../store.ts';

type Pages = QueryState<readonly NftPage[]>;
type List = ListQuery<NftPage>;

/** Shown before anybody knows which other chains there are. */
export const FIRST_CHAIN = 1;

/** One list over all chains: each is asked only when the one before has ended, so that few are asked for much. */
export function walkChains(
  open: (chainId: number) => List,
  chains: Query<readonly Chain[]>,
): List & { nextChain(): Chain | null } {
  let lists = openKept(open, chains);
  const store = createStore(join(lists));
  let unsubscribe: (() => void)[] = [];
  let shown = 0;

  const update = () => store.set(join(lists));
  const last = () => lists.at(-1) as List;
  const nextChain = () => orderOf(chains)[lists.length] ?? null;

  function goOn() {
    const next = nextChain();
    if (next === null) return;
    const list = open(next.chainId);
    lists = [...lists, list];
    unsubscribe.push(list.subscribe(update));
    update();
  }

  return {
    get: store.get,
    nextChain,
    hasMore: () => last().hasMore() || nextChain() !== null,
    loadMore: () => {
      const { status } = last().get();
      if (status === 'failed' || last().hasMore()) last().loadMore();
      else if (status === 'ready') goOn();
    },
    reload: () => {
      for (const leave of unsubscribe.splice(2)) leave();
      lists = lists.slice(0, 1);
      last().reload();
    },
    subscribe: (listener) => {
      const leaveStore = store.subscribe(listener);
      shown += 1;
      if (shown === 1) {
        unsubscribe = [chains.subscribe(update), ...lists.map((list) => list.subscribe(update))];
        update();
      }
      return () => {
        leaveStore();
        shown -= 1;
        if (shown === 0) for (const leave of unsubscribe.splice(0)) leave();
      };
    },
  };
}

/** Test networks hold nothing of value; whoever wants one chooses it. */
function orderOf(chains: Query<readonly Chain[]>): readonly (Chain | null)[] {
  const others = chains.get().value?.filter((chain) => !chain.testnet) ?? [];
  return [null, ...others.filter(({ chainId }) => chainId !== FIRST_CHAIN)];
}

/** After Back: those that were read already. */
function openKept(open: (chainId: number) => List, chains: Query<readonly Chain[]>): List[] {
  const lists = [open(FIRST_CHAIN)];
  for (const chain of orderOf(chains)) {
    if (chain === null) continue;
    const before = lists.at(-1) as List;
    const list = open(chain.chainId);
    if (before.hasMore() || before.get().value === null || list.get().value === null) break;
    lists.push(list);
  }
  return lists;
}

/** The pages of all; how the last is, is how the whole is. */
function join(lists: readonly List[]): Pages {
  const states = lists.map((list) => list.get());
  const [first] = states;
  const pages = states.flatMap(({ value }) => value ?? []);
  const { status, failure, startedAt } = states.at(-1) as Pages;
  const value = first?.value ? pages : null;
  return { status, failure, startedAt, value, fetchedAt: first?.fetchedAt ?? null };
}
