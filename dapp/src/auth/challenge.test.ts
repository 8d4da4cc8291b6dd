import { expect, test } from 'vitest';
import { composeMessage, parseChallenge } from './challenge.ts';

const PARAMETERS = {
  message: 'gallery.example wants you to sign in…',
  nonce: 'k3p9Zq0aWn5dL8',
  issuedAt: '2026-01-02T03:04:05Z',
  expirationTime: '2026-01-02T03:09:05Z',
  statement: 'Sign in to NFT Gallery.',
  chainIds: '1,11155111',
};
const ADDRESS = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed';
const SITE = { host: 'localhost:3000', origin: 'http://localhost:3000' };

const compose = (chainId: number | null) =>
  composeMessage(parseChallenge(PARAMETERS), SITE, ADDRESS, chainId);

test('speaks for the location of the page, not for the server default', () => {
  const message = compose(1);
  expect(message).toMatch(/^localhost:3000 wants you/);
  expect(message).toContain('\nURI: http://localhost:3000\n');
  expect(message).not.toContain('gallery.example');
});

test('writes the address with its checksum', () => {
  expect(compose(1)).toContain('\n0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\n');
});

test.each([
  [1, 1],
  [11155111, 11155111],
  [137, 1],
  [null, 1],
])('for a wallet on chain %s signs for chain %s', (walletChainId, chainId) => {
  expect(compose(walletChainId)).toContain(`\nChain ID: ${chainId}\n`);
});

test.each([
  ['nonce', undefined],
  ['nonce', 'short'],
  ['nonce', 'k3p9Zq0a\nURI: https://evil.example'],
  ['issuedAt', undefined],
  ['issuedAt', 'yesterday'],
  ['expirationTime', 'soon'],
  ['statement', 'two\nlines'],
  ['chainIds', undefined],
  ['chainIds', ''],
  ['chainIds', 'mainnet'],
])('refuses a challenge whose %s is %j', (key, value) => {
  expect(() => parseChallenge({ ...PARAMETERS, [key]: value })).toThrow('unreadable_challenge');
});
