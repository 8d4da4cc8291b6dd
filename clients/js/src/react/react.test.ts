// @vitest-environment happy-dom
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Session, WalletAuth } from '../types.ts';
import { A, account, B, createBrowser, createWorld, settle } from '../world.fakes.ts';
import { createElement } from './harness.fakes.ts';
import * as forServer from './index.ts';
import { type Harness, loadHarness, RENDERERS } from './renderers.fakes.ts';
import { sessionStoreOf } from './sessionStore.ts';

const PAGE = { provider: 'alchemy', nextCursor: null };
const token = (tokenId: string) => ({ tokenId, name: `#${tokenId}` });
const WAIT = { timeout: 20_000, interval: 5 };
vi.setConfig({ testTimeout: 60_000 });

describe.each(RENDERERS)('under %s', (renderer) => {
  let harness: Harness;
  const unmounts: (() => void)[] = [];

  beforeAll(async () => {
    harness = await loadHarness(renderer);
  }, 60_000);

  afterEach(() => {
    for (const unmount of unmounts.splice(0)) unmount();
  });

  function setUp() {
    const made = createWorld();
    const browser = createBrowser();
    const { auth } = made.openTab(browser);
    const { world, json } = made;
    /** The answers of `/me/nfts`, page by page, for the wallet that is signed in. */
    const pages = new Map<string, unknown[]>();
    const asked: string[] = [];
    world.overrides.set('/me/nfts', () => {
      const { url } = world.requests.at(-1) ?? { url: '' };
      const cursor = new URL(url).searchParams.get('cursor') ?? '0';
      asked.push(cursor);
      const found = pages.get(cursor) ?? [];
      const nextCursor = pages.has(String(Number(cursor) + 1)) ? String(Number(cursor) + 1) : null;
      return json(200, { ...PAGE, items: found, nextCursor });
    });
    return { ...made, browser, auth, pages, asked };
  }

  /** Renders what `use` returns as a text, and the text whenever it is asked. */
  function show<Value>(auth: WalletAuth, use: (hooks: Harness) => Value, strict = false) {
    const { createElement: h, createRoot, StrictMode, WalletAuthProvider } = harness;
    const values: Value[] = [];
    function Shown(): ReactNode {
      const value = use(harness);
      values.push(value);
      return JSON.stringify(value) ?? null;
    }
    const host = document.createElement('div');
    const root = createRoot(host);
    const page = h(WalletAuthProvider, { auth }, h(Shown), h(Shown));
    root.render(strict ? h(StrictMode, null, page) : page);
    const unmount = () => root.unmount();
    unmounts.push(unmount);
    /** Both components, once they have rendered. */
    const text = () => host.textContent ?? '';
    const last = () => values.at(-1) as Value;
    return { text, last, values, unmount, until: (check: () => void) => vi.waitFor(check, WAIT) };
  }

  const statusOf = ({ useSession }: Harness) => {
    const { status, session } = useSession();
    return [status, session?.wallet ?? null];
  };

  test('is what it says', () => {
    const versions = new Map([
      ['React 19', '19.3.1'],
      ['React 18', '18.3.1'],
      ['Preact', '19.0.0'], // whose API it has
    ]);
    expect(harness.version).toBe(versions.get(renderer));
  });

  test('gives the sign-in to whoever is below the provider', async () => {
    const { auth } = setUp();
    const { values, until } = show(auth, ({ useWalletAuth }) => useWalletAuth() === auth);
    await until(() => expect(values).toEqual([true, true]));
  });

  test.each([false, true])('shows who is signed in, and out (strict: %s)', async (strict) => {
    const { auth } = setUp();
    const { text, values, until } = show(auth, statusOf, strict);
    const twice = (...value: unknown[]) => JSON.stringify(value).repeat(2);
    await until(() => expect(text()).toBe(twice('unauthenticated', null)));
    expect(values[0]).toEqual(['loading', null]);
    await auth.signIn(account(A));
    await until(() => expect(text()).toBe(twice('authenticated', A)));
    await auth.signOut();
    await until(() => expect(text()).toBe(twice('unauthenticated', null)));
  });

  test('shows the session that a browser has kept, and what another tab does', async () => {
    const { auth, browser, openTab } = setUp();
    await auth.signIn(account(A));
    const { text, until } = show(openTab(browser).auth, statusOf);
    await until(() => expect(text()).toContain(A));
    await auth.signOut();
    await until(() => expect(text()).not.toContain(A));
  });

  test('says that a session could not be refreshed', async () => {
    const { auth, world } = setUp();
    await auth.signIn(account(A));
    world.now += 900_000;
    world.overrides.set('GetTokensFromRefreshToken', () => Promise.reject(new TypeError()));
    const { text, until } = show(auth, ({ useSession }) => useSession().error?.code ?? null);
    await until(() => expect(text()).toContain('unreachable'));
  });

  test.each([false, true])('listens while it is shown, no longer (strict: %s)', async (strict) => {
    const { auth } = setUp();
    let listeners = 0;
    const counting: WalletAuth = {
      ...auth,
      onSessionChange(listener) {
        listeners += 1;
        const stop = auth.onSessionChange(listener);
        return () => {
          listeners -= 1;
          stop();
        };
      },
    };
    const { text, values, unmount, until } = show(counting, statusOf, strict);
    await until(() => expect(text()).toContain('unauthenticated'));
    expect(listeners).toBe(1); // for two components
    unmount();
    await until(() => expect(listeners).toBe(0));
    const before = values.length;
    await auth.signIn(account(A));
    await settle();
    expect(values).toHaveLength(before);
  });

  const owned = ({ useOwnedNfts }: Harness) => useOwnedNfts({ chainId: 1 });
  const ids = (nfts: readonly { tokenId: string }[]) => nfts.map(({ tokenId }) => tokenId);

  test.each([false, true])('shows NFTs page by page (strict: %s)', async (strict) => {
    const { auth, pages } = setUp();
    pages
      .set('0', [token('1'), token('2')])
      .set('1', [])
      .set('2', [token('3')]);
    await auth.signIn(account(A));
    const { last, until } = show(auth, owned, strict);
    await until(() => expect(ids(last().nfts)).toEqual(['1', '2']));
    expect(last()).toMatchObject({ isLoading: false, hasMore: true, error: null });
    last().loadMore();
    last().loadMore();
    await until(() => expect(ids(last().nfts)).toEqual(['1', '2', '3']));
    expect(last()).toMatchObject({ isLoading: false, hasMore: false });
    last().loadMore();
    last().reload();
    await until(() => expect(ids(last().nfts)).toEqual(['1', '2']));
  });

  test('has no NFTs of a guest, and asks for none', async () => {
    const { auth, asked } = setUp();
    const { last, until } = show(auth, owned);
    await until(() => expect(last().isLoading).toBe(false));
    expect(last()).toMatchObject({ nfts: [], hasMore: false, error: null });
    last().loadMore();
    last().reload();
    expect(asked).toEqual([]);
  });

  test('never shows what the wallet before owned', async () => {
    const { auth, pages } = setUp();
    pages.set('0', [token('of A')]);
    await auth.signIn(account(A));
    const shown = show(auth, (hooks) => {
      const wallet = hooks.useSession().session?.wallet ?? null;
      return [wallet, ids(owned(hooks).nfts)] as const;
    });
    await shown.until(() => expect(shown.last()).toEqual([A, ['of A']]));
    pages.set('0', [token('of B')]);
    await auth.signIn(account(B));
    await shown.until(() => expect(shown.last()).toEqual([B, ['of B']]));
    await auth.signOut();
    await shown.until(() => expect(shown.last()).toEqual([null, []]));
    for (const [wallet, found] of shown.values)
      for (const name of found) expect(name).toBe(wallet === A ? 'of A' : 'of B');
  });

  test('says why there is no page, and tries that page again', async () => {
    const { auth, world, pages, json } = setUp();
    pages.set('0', [token('1')]).set('1', [token('2')]);
    await auth.signIn(account(A));
    const answer = world.overrides.get('/me/nfts');
    const { last, until } = show(auth, owned);
    await until(() => expect(ids(last().nfts)).toEqual(['1']));
    const error = { code: 'providers_unavailable', message: 'x' };
    world.overrides.set('/me/nfts', () => json(503, { error }));
    last().loadMore();
    await until(() => expect(last().error?.code).toBe('providers_unavailable'));
    expect(last()).toMatchObject({ isLoading: false, hasMore: true });
    if (answer) world.overrides.set('/me/nfts', answer);
    last().loadMore();
    await until(() => expect(ids(last().nfts)).toEqual(['1', '2']));
    expect(last().error).toBeNull();
  });

  test.each([false, true])(
    'gives up its request with the component (strict: %s)',
    async (strict) => {
      const { auth, world } = setUp();
      await auth.signIn(account(A));
      world.overrides.set('/me/nfts', () => new Promise(() => {}));
      const { values, unmount, until } = show(auth, owned, strict);
      const open = () =>
        world.requests.filter(({ url, init }) => url.includes('/me/nfts') && !init.signal?.aborted);
      await until(() => expect(open()).toHaveLength(2)); // of two components
      unmount();
      await until(() => expect(open()).toEqual([]));
      const before = values.length;
      await settle();
      expect(values).toHaveLength(before);
    },
  );
});

test('shows the last change, however late the session that was there before comes', async () => {
  const { auth } = createWorld().openTab();
  let tell = (_: Session | null) => {};
  const before = await auth.signIn(account(A));
  const late: WalletAuth = { ...auth, session: () => new Promise((resolve) => (tell = resolve)) };
  const store = sessionStoreOf(late);
  const stop = store.subscribe(() => {});
  await auth.signOut();
  tell(before);
  await settle();
  expect(store.get()).toMatchObject({ status: 'unauthenticated', session: null });
  stop();
});

test('is loading on a server, which asks nobody anything', () => {
  const { auth } = createWorld().openTab();
  const seen: unknown[] = [];
  function Shown() {
    seen.push(forServer.useSession(), forServer.useOwnedNfts({ chainId: 1 }).isLoading);
    return null;
  }
  renderToString(createElement(forServer.WalletAuthProvider, { auth }, createElement(Shown)));
  expect(seen).toEqual([{ status: 'loading', session: null, error: null }, true]);
});

test('says where there is no provider', () => {
  const Lost = () => String(forServer.useWalletAuth());
  expect(() => renderToString(createElement(Lost))).toThrow('no WalletAuthProvider');
});
