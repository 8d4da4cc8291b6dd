import { type Gallery as Api, type NftPage, WalletAuthError } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { A, fakeWallet, settle, setUp as setUpSession } from './auth/session.fakes.ts';
import { ConfigError, parseConfig } from './config.ts';
import { createGallery } from './gallery.ts';
import type { Query } from './queries/cache.ts';
import { fakeWindow } from './routing/router.fakes.ts';
import { createRouter } from './routing/router.ts';
import { en } from './text/en.ts';
import { createNumbers } from './text/numbers.ts';

const CONTRACT = { chainId: 1, contract: '0x1111111111111111111111111111111111111111' };
const CONFIG = JSON.stringify({
  region: 'us-east-1',
  userPoolId: 'p',
  userPoolClientId: 'c',
  identityPoolId: 'i',
  apiEndpoint: 'https://api.example/prod',
});
const PAGE = { items: [], nextCursor: null } as unknown as NftPage;

async function setUp(loadConfig = async () => parseConfig(CONFIG)) {
  const { auth, world, refuse } = await setUpSession();
  const answer: { error: WalletAuthError | null } = { error: null };
  const list = () => ({
    async *pages() {
      if (answer.error) throw answer.error;
      yield PAGE;
    },
  });
  const nfts = { myNfts: list, contractNfts: list } as unknown as Api;
  const gallery = createGallery({
    router: createRouter(fakeWindow()),
    texts: en,
    numbers: createNumbers('en', 'UTC'),
    now: () => 0,
    loadConfig,
    loadCloud: async () => {
      await loadConfig();
      return { ...auth, nfts, get: async () => '' };
    },
    requestWallets: () => {},
    wallets: { get: () => [], list: () => [], subscribe: () => () => {} },
    site: { host: 'gallery.example', pathname: '/' },
    storage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    mayHaveTokens: () => false,
    delay: async () => {},
  });
  const { wallet, fake } = fakeWallet('org.one', A);
  return { gallery, auth, world, refuse, answer, wallet, fake };
}

const OWN = { chainId: 1, owner: null };

/** As a page that shows it. */
async function show(query: Query<unknown>): Promise<void> {
  query.subscribe(() => {});
  await settle();
}

test('forgets what is the wallet’s when it signs out, and keeps what is anybody’s', async () => {
  const { gallery, wallet } = await setUp();
  const { queries } = gallery;
  await gallery.session.signIn(wallet);
  await show(queries.ownedNfts(OWN));
  await show(queries.contractNfts(CONTRACT));
  expect(queries.ownedNfts(OWN).get().value).toEqual([PAGE]);
  await gallery.session.signOut();
  expect(queries.ownedNfts(OWN).get().value).toBeNull();
  expect(queries.contractNfts(CONTRACT).get().value).toEqual([PAGE]);
});

test('keeps what a guest looked up when signing in fails', async () => {
  const { gallery, wallet, fake } = await setUp();
  await show(gallery.queries.contractNfts(CONTRACT));
  fake.switches.refuses = true;
  await gallery.session.signIn(wallet);
  expect(gallery.queries.contractNfts(CONTRACT).get().status).toBe('ready');
});

test('ends the session when the API no longer takes the token', async () => {
  const { gallery, answer, wallet } = await setUp();
  await gallery.session.signIn(wallet);
  answer.error = new WalletAuthError('unauthorized');
  await show(gallery.queries.ownedNfts(OWN));
  expect(gallery.session.get().status).toBe('guest');
  expect(gallery.session.get().notice?.text).toMatch(/session has expired/);
});

test('says so when the session ended because somebody else had continued it', async () => {
  const { gallery, auth, world, refuse, answer, wallet } = await setUp();
  await gallery.session.signIn(wallet);
  world.overrides.set('GetTokensFromRefreshToken', () => refuse('RefreshTokenReuseException'));
  answer.error = await auth.refresh().then(
    () => null,
    (error: WalletAuthError) => error,
  );
  await show(gallery.queries.ownedNfts(OWN));
  expect(gallery.session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(gallery.session.get().notice?.text).toMatch(/Sign out everywhere/);
});

test('says that the gallery is not set up', async () => {
  const { gallery, wallet } = await setUp(() =>
    Promise.reject(new ConfigError('config.json lacks region')),
  );
  const list = gallery.queries.contractNfts(CONTRACT);
  await show(list);
  expect(list.get().failure?.code).toBe('not_configured');
  await gallery.session.signIn(wallet);
  expect(gallery.session.get().notice?.text).toMatch(/config\.json lacks region/);
});
