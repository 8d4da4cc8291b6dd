import { WalletAuthError } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { A, fakeWallet, settle, setUp as setUpSession } from './auth/session.fakes.ts';
import { ConfigError, parseConfig } from './config.ts';
import { createGallery } from './gallery.ts';

const CONTRACT = '0x1111111111111111111111111111111111111111';
const CONFIG = JSON.stringify({
  region: 'us-east-1',
  userPoolId: 'p',
  userPoolClientId: 'c',
  identityPoolId: 'i',
  apiEndpoint: 'https://api.example/prod',
});

const LAMP = {
  token_address: CONTRACT,
  token_id: '7',
  metadata: '{"image":"ipfs://QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ/7"}',
};

async function setUp(loadConfig = async () => parseConfig(CONFIG)) {
  const { auth, world, refuse } = await setUpSession();
  const answer: { body: string; error: WalletAuthError | null } = { body: '', error: null };
  const get = async () => {
    if (answer.error) throw answer.error;
    return answer.body;
  };
  const wallets = { get: () => [], list: () => [], subscribe: () => () => {} };
  const gallery = createGallery({
    loadCloud: async () => {
      await loadConfig();
      return { ...auth, get };
    },
    requestWallets: () => {},
    wallets,
    site: { host: 'gallery.example', pathname: '/' },
    storage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    mayHaveTokens: () => false,
    delay: async () => {},
  });
  const { wallet, fake } = fakeWallet('org.one', A);
  return { gallery, auth, world, refuse, answer, wallet, fake };
}

const OWN = { kind: 'own', provider: 'moralis', integration: 'http' } as const;

test('takes both lists off the screen when the wallet signs out', async () => {
  const { gallery, answer, wallet } = await setUp();
  answer.body = JSON.stringify({ result: [LAMP], nfts: [] });
  await gallery.session.signIn(wallet);
  await gallery.own.load(OWN);
  await gallery.collection.load({ kind: 'collection', contractAddress: CONTRACT });
  expect(gallery.own.get().nfts[0]?.images).toEqual([
    'https://ipfs.io/ipfs/QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ/7',
    'https://gateway.pinata.cloud/ipfs/QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ/7',
  ]);
  await gallery.session.signOut();
  expect(gallery.own.get().status).toBe('idle');
  expect(gallery.collection.get().status).toBe('idle');
});

test('keeps what a guest looked up when signing in fails', async () => {
  const { gallery, answer, wallet, fake } = await setUp();
  answer.body = '{"nfts":[]}';
  await gallery.collection.load({ kind: 'collection', contractAddress: CONTRACT });
  fake.switches.refuses = true;
  await gallery.session.signIn(wallet);
  expect(gallery.collection.get().status).toBe('ready');
});

test('signs out when the API no longer takes the token', async () => {
  const { gallery, answer, wallet } = await setUp();
  await gallery.session.signIn(wallet);
  answer.error = new WalletAuthError('unauthorized');
  await gallery.own.load(OWN);
  await settle();
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
  await gallery.own.load(OWN);
  await settle();
  expect(gallery.session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(gallery.session.get().notice?.text).toMatch(/Sign out everywhere/);
});

test('says that the gallery is not set up', async () => {
  const { gallery, wallet } = await setUp(() =>
    Promise.reject(new ConfigError('config.json lacks region')),
  );
  await gallery.collection.load({ kind: 'collection', contractAddress: CONTRACT });
  expect(gallery.collection.get().error?.code).toBe('not_configured');
  await gallery.session.signIn(wallet);
  expect(gallery.session.get().notice?.text).toMatch(/config\.json lacks region/);
});
