import { expect, test } from 'vitest';
import { readAccounts } from './wallet.ts';

const ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

const wallet = (request: () => Promise<unknown>) => ({
  ...{ uuid: 'u', rdns: 'org.example', name: 'Test', icon: null },
  provider: { request },
});

test('reads the accounts in lower case', async () => {
  expect(await readAccounts(wallet(async () => [ADDRESS, 1]))).toEqual([ADDRESS.toLowerCase()]);
});

test.each([[[]], [null], ['0x']])('gives no accounts for %j', async (answer) => {
  expect(await readAccounts(wallet(async () => answer))).toEqual([]);
});

test('gives no accounts for a wallet that fails', async () => {
  expect(await readAccounts(wallet(() => Promise.reject({ code: 4100 })))).toEqual([]);
});
