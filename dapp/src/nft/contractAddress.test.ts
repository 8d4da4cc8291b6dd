import { expect, test } from 'vitest';
import { readContractAddress } from './contractAddress.ts';

test('takes a pasted address with blanks around it', () => {
  const address = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';
  expect(readContractAddress(` ${address}\n`)).toEqual({ contractAddress: address, problem: null });
  expect(readContractAddress(address.toLowerCase()).problem).toBeNull();
});

test.each([
  ['', /Enter the address/],
  ['0xbC4CA0EdA7647A8aB7C2061c2E118A18a936f13D', /typing mistake/],
  ['boredapes.eth', /not supported yet/],
  ['0x1234', /40 digits/],
  ['BC4CA0EdA7647A8aB7C2061c2E118A18a936f13D', /40 digits/],
])('explains what is wrong with %j', (text, problem) => {
  expect(readContractAddress(text).problem).toMatch(problem);
});
