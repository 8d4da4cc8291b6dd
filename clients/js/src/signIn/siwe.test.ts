import { expect, test } from 'vitest';
import { createSiweMessage, type SiweMessage } from './siwe.ts';

const MESSAGE: SiweMessage = {
  domain: 'localhost:3000',
  address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  statement: 'Sign in to NFT Gallery.',
  uri: 'http://localhost:3000',
  chainId: 1,
  nonce: 'k3p9Zq0aWn5dL8',
  issuedAt: '2026-01-02T03:04:05.678Z',
  expirationTime: '2026-01-02T03:09:05.678Z',
};

test('writes every byte of an EIP-4361 message', () => {
  expect(createSiweMessage(MESSAGE)).toBe(
    'localhost:3000 wants you to sign in with your Ethereum account:\n' +
      '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\n' +
      '\n' +
      'Sign in to NFT Gallery.\n' +
      '\n' +
      'URI: http://localhost:3000\n' +
      'Version: 1\n' +
      'Chain ID: 1\n' +
      'Nonce: k3p9Zq0aWn5dL8\n' +
      'Issued At: 2026-01-02T03:04:05.678Z\n' +
      'Expiration Time: 2026-01-02T03:09:05.678Z',
  );
});

test('keeps two empty lines where there is no statement', () => {
  expect(createSiweMessage({ ...MESSAGE, statement: null })).toContain('BeAed\n\n\nURI: ');
});

test('leaves out an expiry that is not given', () => {
  expect(createSiweMessage({ ...MESSAGE, expirationTime: null })).toMatch(/05\.678Z$/);
  expect(createSiweMessage({ ...MESSAGE, expirationTime: null })).not.toContain('Expiration');
});
