import { WalletAuthError } from 'nft-gallery-client';
import { expect, test, vi } from 'vitest';
import { createCache } from './cache.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** Answers when told. */
function asked<Value>() {
  const calls: { signal: AbortSignal; cursor?: string | undefined }[] = [];
  const answers: { resolve(value: Value): void; reject(error: unknown): void }[] = [];
  const ask = (cursor: string | undefined, signal: AbortSignal) => {
    calls.push({ signal, cursor });
    return new Promise<Value>((resolve, reject) => answers.push({ resolve, reject }));
  };
  return {
    calls,
    load: (signal: AbortSignal) => ask(undefined, signal),
    loadPage: ask,
    answer: async (value: Value) => {
      answers.at(-1)?.resolve(value);
      await settle();
    },
    fail: async (error: unknown) => {
      answers.at(-1)?.reject(error);
      await settle();
    },
  };
}

function setUp() {
  const clock = { now: 1_000 };
  const cache = createCache({ now: () => clock.now, freshFor: 100, keptQueries: 2 });
  return { clock, cache };
}

interface Page {
  items: string[];
  nextCursor: string | null;
}

test('asks once for all who show it, and not again while it is fresh', async () => {
  const { cache, clock } = setUp();
  const { calls, load, answer } = asked<string>();
  const leave = cache.query('a', load).subscribe(() => {});
  cache.query('a', load).subscribe(() => {})();
  expect(calls).toHaveLength(1);
  await answer('one');
  leave();
  clock.now += 99;
  cache.query('a', load).subscribe(() => {})();
  expect(calls).toHaveLength(1);
});

test('shows what is old, and asks again', async () => {
  const { cache, clock } = setUp();
  const { calls, load, answer } = asked<string>();
  const leave = cache.query('a', load).subscribe(() => {});
  await answer('one');
  leave();
  clock.now += 100;
  cache.query('a', load).subscribe(() => {});
  expect(cache.query('a', load).get()).toMatchObject({ status: 'loading', value: 'one' });
  await answer('two');
  expect(calls).toHaveLength(2);
  expect(cache.query('a', load).get()).toMatchObject({ value: 'two', fetchedAt: 1_100 });
});

test('ends a request that nobody waits for, and asks anew for the next', async () => {
  const { cache } = setUp();
  const { calls, load, answer } = asked<string>();
  const query = cache.query('a', load);
  query.subscribe(() => {})();
  expect(calls[0]?.signal.aborted).toBe(true);
  query.subscribe(() => {});
  await answer('two');
  expect(query.get().value).toBe('two');
});

test('a failure leaves what came before, and says why', async () => {
  const { cache } = setUp();
  const { load, answer, fail } = asked<string>();
  const query = cache.query('a', load);
  query.subscribe(() => {});
  await answer('one');
  query.reload();
  await fail(new WalletAuthError('rate_limited', { retryAfterSeconds: 7, requestId: 'r' }));
  expect(query.get()).toMatchObject({
    status: 'failed',
    value: 'one',
    failure: { code: 'rate_limited', retryAfterSeconds: 7, requestId: 'r' },
  });
});

test('adds page to page, and repeats the one that failed', async () => {
  const { cache } = setUp();
  const { calls, loadPage, answer, fail } = asked<Page>();
  const list = cache.list<Page>('l', loadPage);
  list.subscribe(() => {});
  list.loadMore(); // the first is on its way
  await answer({ items: ['a'], nextCursor: '2' });
  list.loadMore();
  await fail(new WalletAuthError('upstream_timeout'));
  expect(list.get().value).toHaveLength(1);
  list.loadMore();
  await answer({ items: ['b'], nextCursor: null });
  expect(list.get().value?.flatMap((page) => page.items)).toEqual(['a', 'b']);
  expect(list.hasMore()).toBe(false);
  list.loadMore();
  expect(calls.map(({ cursor }) => cursor)).toEqual([undefined, '2', '2']);
});

test('takes a cursor that comes again for the end', async () => {
  const { cache } = setUp();
  const { loadPage, answer } = asked<Page>();
  const list = cache.list<Page>('l', loadPage);
  list.subscribe(() => {});
  await answer({ items: ['a'], nextCursor: '2' });
  list.loadMore();
  await answer({ items: ['b'], nextCursor: '2' });
  expect(list.hasMore()).toBe(false);
});

test('keeps the newest of those that nobody shows, and all that somebody shows', async () => {
  const { cache } = setUp();
  const ask = vi.fn(async () => 'value');
  cache.query('shown', ask).subscribe(() => {});
  for (const key of ['b', 'c', 'd']) cache.query(key, ask).subscribe(() => {})();
  await settle();
  expect(cache.query('shown', ask).get().value).toBe('value');
  expect(ask).toHaveBeenCalledTimes(4);
});

test('forgets what a wallet alone may see, with its request', async () => {
  const { cache } = setUp();
  const { calls, load } = asked<string>();
  const query = cache.query('own a', load);
  query.subscribe(() => {});
  cache.forget('own');
  expect(calls[0]?.signal.aborted).toBe(true);
  expect(cache.query('own a', load)).not.toBe(query);
});

test('a list of which more than one page was read is not thrown away for being old', async () => {
  const { cache, clock } = setUp();
  const { calls, loadPage, answer } = asked<Page>();
  const list = cache.list<Page>('l', loadPage);
  const leave = list.subscribe(() => {});
  await answer({ items: ['a'], nextCursor: '2' });
  list.loadMore();
  await answer({ items: ['b'], nextCursor: '3' });
  leave();
  clock.now += 1_000;
  list.subscribe(() => {});
  expect(list.get()).toMatchObject({ status: 'ready' });
  expect(list.get().value).toHaveLength(2);
  expect(calls).toHaveLength(2);
});

test('a page that was on its way when the list was left is asked for again', async () => {
  const { cache } = setUp();
  const { calls, loadPage, answer } = asked<Page>();
  const list = cache.list<Page>('l', loadPage);
  const leave = list.subscribe(() => {});
  await answer({ items: ['a'], nextCursor: '2' });
  list.loadMore();
  await answer({ items: ['b'], nextCursor: '3' });
  list.loadMore();
  leave();
  list.subscribe(() => {});
  await answer({ items: ['c'], nextCursor: null });
  expect(list.get().value?.flatMap((page) => page.items)).toEqual(['a', 'b', 'c']);
  expect(calls.map(({ cursor }) => cursor)).toEqual([undefined, '2', '3', '3']);
});

test('repeats what failed and is shown, and keeps the pages that came', async () => {
  const { cache } = setUp();
  const shown = asked<Page>();
  const hidden = asked<string>();
  const list = cache.list<Page>('own list', shown.loadPage);
  list.subscribe(() => {});
  await shown.answer({ items: ['a'], nextCursor: '2' });
  list.loadMore();
  await shown.fail(new WalletAuthError('unauthorized'));
  const leave = cache.query('own other', hidden.load).subscribe(() => {});
  await hidden.fail(new WalletAuthError('unauthorized'));
  leave();
  cache.resume('own');
  expect(shown.calls.map(({ cursor }) => cursor)).toEqual([undefined, '2', '2']);
  await shown.answer({ items: ['b'], nextCursor: null });
  expect(list.get().value?.flatMap(({ items }) => items)).toEqual(['a', 'b']);
  expect(hidden.calls).toHaveLength(1);
  cache.resume('own');
  expect(shown.calls).toHaveLength(3);
});
