import { type Gallery as Api, type NftPage, WalletAuthError } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { A, B, fakeWallet, settle, setUp as setUpSession } from './auth/session.fakes.ts';
import { openTokenPlace } from './auth/tokenPlace.ts';
import { ConfigError, parseConfig } from './config.ts';
import { createGallery } from './gallery.ts';
import type { Query } from './queries/cache.ts';
import { fakeWindow } from './routing/router.fakes.ts';
import { createRouter } from './routing/router.ts';
import { openStorage } from './storage.ts';
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

const nothing = openStorage(() => {
  throw new Error('blocked');
});

async function setUp(loadConfig = async () => parseConfig(CONFIG)) {
  const { auth, world, refuse } = await setUpSession();
  const answer: { error: WalletAuthError | null } = { error: null };
  const list = () => ({
    async *pages() {
      if (answer.error) throw answer.error;
      yield PAGE;
    },
  });
  /** Whose name was asked for; "me" by the wallet's own token. */
  const named: string[] = [];
  const nameOf = async ({ address }: { address: string }) => {
    named.push(address);
    if (answer.error) throw answer.error;
    return { name: `${address}.eth`, address };
  };
  const myName = () => nameOf({ address: 'me' });
  const nfts = { myNfts: list, contractNfts: list, nameOf, myName } as unknown as Api;
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
    pairWallet: () => Promise.reject(new Error('nobody paired')),
    wallets: { get: () => [], list: () => [], subscribe: () => () => {} },
    site: { host: 'gallery.example', pathname: '/' },
    storage: openTokenPlace(nothing, nothing),
    delay: async () => {},
  });
  const { wallet, fake } = fakeWallet('org.one', A);
  return { gallery, auth, world, refuse, answer, wallet, fake, named };
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
  await gallery.signIn.start(wallet);
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
  await gallery.signIn.start(wallet);
  expect(gallery.queries.contractNfts(CONTRACT).get().status).toBe('ready');
});

test('keeps what is shown when the session ends, and goes on when the same wallet is back', async () => {
  const { gallery, answer, wallet } = await setUp();
  const list = gallery.queries.ownedNfts(OWN);
  await gallery.signIn.start(wallet);
  await show(list);
  answer.error = new WalletAuthError('unauthorized');
  list.reload();
  await settle();
  expect(gallery.session.get()).toMatchObject({ status: 'expired', isReused: false });
  expect(list.get()).toMatchObject({ status: 'failed', value: [PAGE] });
  answer.error = null;
  await gallery.signIn.start(wallet);
  await settle();
  expect(list.get()).toMatchObject({ status: 'ready', value: [PAGE] });
});

test('shows nothing of the wallet before to another wallet', async () => {
  const { gallery, wallet } = await setUp();
  await gallery.signIn.start(wallet);
  await show(gallery.queries.ownedNfts(OWN));
  await gallery.session.end();
  await gallery.signIn.start(fakeWallet('org.two', B).wallet);
  expect(gallery.queries.ownedNfts(OWN).get().value).toBeNull();
});

test('asks for the name of the wallet that is signed in by its token, in whatever case', async () => {
  const { gallery, named, wallet } = await setUp();
  const { queries } = gallery;
  await show(queries.nameOf(A)); // a guest's question
  await gallery.signIn.start(wallet);
  for (const address of [A, A.toUpperCase().replace('X', 'x'), A.toLowerCase()])
    await show(queries.nameOf(address));
  await show(queries.holderName(A.toLowerCase()));
  await show(queries.nameOf(B));
  expect(named).toEqual([A, 'me', B]);
});

test('asks for nothing as a guest to name the wallet whose session is over', async () => {
  const { gallery, answer, named, wallet } = await setUp();
  const name = () => gallery.queries.holderName(A.toLowerCase());
  await gallery.signIn.start(wallet);
  answer.error = new WalletAuthError('session_ended');
  await show(name());
  expect(gallery.session.get().status).toBe('expired');
  await show(name());
  expect(name().get().value).toBeNull();
  answer.error = null;
  await gallery.signIn.start(wallet);
  await settle();
  expect(name().get().value?.name).toBe('me.eth');
  expect(new Set(named)).toEqual(new Set(['me']));
});

test('shows the name of one wallet to no other', async () => {
  const { gallery, wallet } = await setUp();
  const { queries } = gallery;
  await gallery.signIn.start(wallet);
  await show(queries.nameOf(A));
  expect(queries.nameOf(A).get().value?.name).toBe('me.eth');
  await gallery.session.signOut();
  await gallery.signIn.start(fakeWallet('org.two', B).wallet);
  expect(queries.holderName(A.toLowerCase()).get().value).toBeNull();
  expect(queries.nameOf(B).get().value).toBeNull();
});

test('goes to the own page after a sign-in at home, and stays elsewhere', async () => {
  const { gallery, wallet } = await setUp();
  await gallery.signIn.start(wallet);
  expect(gallery.router.get().page).toEqual({ page: 'me' });
  await gallery.session.signOut();
  gallery.router.go({ page: 'compare' });
  await gallery.signIn.start(wallet);
  expect(gallery.router.get().page).toEqual({ page: 'compare' });
});

test('says so when the session ended because somebody else had continued it', async () => {
  const { gallery, auth, world, refuse, answer, wallet } = await setUp();
  await gallery.signIn.start(wallet);
  world.overrides.set('GetTokensFromRefreshToken', () => refuse('RefreshTokenReuseException'));
  answer.error = await auth.refresh().then(
    () => null,
    (error: WalletAuthError) => error,
  );
  await show(gallery.queries.ownedNfts(OWN));
  expect(gallery.session.get()).toMatchObject({ status: 'expired', isReused: true });
});

test('says that the gallery is not set up', async () => {
  const { gallery, wallet } = await setUp(() =>
    Promise.reject(new ConfigError('config.json lacks region')),
  );
  const list = gallery.queries.contractNfts(CONTRACT);
  await show(list);
  expect(list.get().failure?.code).toBe('not_configured');
  await gallery.signIn.start(wallet);
  expect(gallery.signIn.get()).toMatchObject({
    stage: 'failed',
    text: expect.stringContaining('config.json lacks region'),
  });
});
