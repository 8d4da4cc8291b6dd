import { expect, test } from 'vitest';
import type { ApiAnswer, Cloud } from './auth/cloud.ts';
import { ConfigError, parseConfig } from './config.ts';
import { createGallery } from './gallery.ts';
import type { Wallet } from './wallet/wallet.ts';

const ADDRESS = '0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const CONTRACT = '0x1111111111111111111111111111111111111111';
const CONFIG = JSON.stringify({
  region: 'us-east-1',
  userPoolId: 'p',
  userPoolClientId: 'c',
  identityPoolId: 'i',
  apiEndpoint: 'https://api.example/prod',
  ipfsGateways: ['https://own.example/ipfs/'],
});
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

const LAMP = {
  token_address: CONTRACT,
  token_id: '7',
  metadata: '{"image":"ipfs://QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ/7"}',
};

function setUp(loadConfig = async () => parseConfig(CONFIG)) {
  const reuse = { happened: false };
  const answer: ApiAnswer = { status: 200, headers: {}, body: '' };
  const cloud: Cloud = {
    id: 'us-east-1_Pool',
    signUp: async () => true,
    startSignIn: async () => ({
      nonce: 'k3p9Zq0aWn5dL8',
      issuedAt: '2026-01-02T03:04:05Z',
      chainIds: '1',
    }),
    answerChallenge: async () => true,
    currentUsername: async () => ADDRESS,
    idTokenClaims: async () => null,
    wasReused: () => reuse.happened,
    signOut: async () => {},
    revokeEverywhere: async () => {},
    get: async () => ({ ...answer }),
  };
  const wallets = { get: () => [], list: () => [], subscribe: () => () => {} };
  const gallery = createGallery({
    loadConfig,
    loadCloud: async () => {
      await loadConfig();
      return cloud;
    },
    requestWallets: () => {},
    wallets,
    site: { host: 'gallery.example', origin: 'https://gallery.example', pathname: '/' },
    storage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    mayHaveTokens: () => false,
    randomBytes: (length) => new Uint8Array(length),
    delay: async () => {},
  });
  const wallet: Wallet = {
    uuid: 'u',
    rdns: 'r',
    name: 'w',
    icon: null,
    provider: { request: async ({ method }) => (method === 'personal_sign' ? '0x' : [ADDRESS]) },
  };
  return { gallery, answer, wallet, reuse };
}

const OWN = { kind: 'own', provider: 'moralis', integration: 'http' } as const;

test('takes both lists off the screen when the wallet signs out', async () => {
  const { gallery, answer, wallet } = setUp();
  answer.body = JSON.stringify({ result: [LAMP], nfts: [] });
  await gallery.session.signIn(wallet);
  await gallery.own.load(OWN);
  await gallery.collection.load({ kind: 'collection', contractAddress: CONTRACT });
  expect(gallery.own.get().nfts[0]?.images).toEqual([
    'https://own.example/ipfs/QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ/7',
  ]);
  await gallery.session.signOut();
  expect(gallery.own.get().status).toBe('idle');
  expect(gallery.collection.get().status).toBe('idle');
});

test('keeps what a guest looked up when signing in fails', async () => {
  const { gallery, answer, wallet } = setUp();
  answer.body = '{"nfts":[]}';
  await gallery.collection.load({ kind: 'collection', contractAddress: CONTRACT });
  wallet.provider.request = () => Promise.reject({ code: 4001 });
  await gallery.session.signIn(wallet);
  expect(gallery.collection.get().status).toBe('ready');
});

test('signs out when the API no longer takes the token', async () => {
  const { gallery, answer, wallet } = setUp();
  await gallery.session.signIn(wallet);
  Object.assign(answer, { status: 401, body: '{"message":"Unauthorized"}' });
  await gallery.own.load(OWN);
  await settle();
  expect(gallery.session.get().status).toBe('guest');
  expect(gallery.session.get().notice?.text).toMatch(/session has expired/);
});

test('says so when the session ended because somebody else had continued it', async () => {
  const { gallery, answer, wallet, reuse } = setUp();
  await gallery.session.signIn(wallet);
  reuse.happened = true;
  Object.assign(answer, { status: 401, body: '' });
  await gallery.own.load(OWN);
  await settle();
  expect(gallery.session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(gallery.session.get().notice?.text).toMatch(/Sign out everywhere/);
});

test('says that the gallery is not set up', async () => {
  const { gallery, wallet } = setUp(() =>
    Promise.reject(new ConfigError('config.json lacks region')),
  );
  await gallery.collection.load({ kind: 'collection', contractAddress: CONTRACT });
  expect(gallery.collection.get().error?.code).toBe('not_configured');
  await gallery.session.signIn(wallet);
  expect(gallery.session.get().notice?.text).toMatch(/config\.json lacks region/);
});
