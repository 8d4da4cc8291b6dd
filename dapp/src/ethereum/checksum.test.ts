import { expect, test } from 'vitest';
import { isAddress, shortAddress } from './address.ts';
import { hasValidChecksum, toChecksumAddress } from './checksum.ts';

// https://eips.ethereum.org/EIPS/eip-55#test-cases
const EIP55 = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
] as const;

test.each(EIP55)('restores the letter case of %s', (address) => {
  expect(toChecksumAddress(address.toLowerCase() as `0x${string}`)).toBe(address);
  expect(hasValidChecksum(address)).toBe(true);
});

test('finds one letter in the wrong case', () => {
  expect(hasValidChecksum('0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')).toBe(false);
});

test('takes an address without a checksum', () => {
  expect(hasValidChecksum('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed')).toBe(true);
  expect(hasValidChecksum('0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED')).toBe(true);
});

test('knows an address from other text', () => {
  expect(isAddress('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')).toBe(true);
  for (const text of ['', '0x', 'vitalik.eth', `0x${'a'.repeat(39)}`, `0x${'g'.repeat(40)}`])
    expect(isAddress(text)).toBe(false);
});

test('shortens to six and four characters', () => {
  expect(shortAddress('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')).toBe('0x5aAe…eAed');
});
