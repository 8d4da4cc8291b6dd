import { expect, test } from 'vitest';
import type { Eip1193Provider } from '../types.ts';
import {
  personalSign,
  readAccounts,
  readChainId,
  requestAccount,
  toWalletError,
} from './provider.ts';

const ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const LOWER = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed';

const answering = (answer: (method: string, params: unknown[]) => unknown): Eip1193Provider => ({
  request: async ({ method, params }) => answer(method, params),
});

const throwing = (thrown: unknown) =>
  answering(() => {
    throw thrown;
  });

test('asks for an account and lowers its case', async () => {
  const provider = answering((method) => (method === 'eth_requestAccounts' ? [ADDRESS] : []));
  expect(await requestAccount(provider)).toBe(LOWER);
});

test.each([[[]], [null], [['vitalik.eth']], ['0x']])('takes %j for no account', async (answer) => {
  const asked = requestAccount(answering(() => answer));
  await expect(asked).rejects.toMatchObject({ code: 'no_account' });
});

test('gives no accounts for a locked wallet or one that fails', async () => {
  expect(await readAccounts(answering(() => []))).toEqual([]);
  expect(await readAccounts(throwing({ code: 4100 }))).toEqual([]);
});

test.each([
  ['0x1', 1],
  ['0xaa36a7', 11155111],
  [137, 137],
  ['', null],
  ['0x0', null],
  [null, null],
])('reads the chain id %j as %j', async (answer, chainId) => {
  expect(await readChainId(answering(() => answer))).toBe(chainId);
});

test('signs the hex of the UTF-8 text, then the address', async () => {
  const calls: unknown[] = [];
  const provider = answering((method, params) => {
    calls.push([method, params]);
    return '0xsigned';
  });
  expect(await personalSign(provider, 'é\n1', LOWER)).toBe('0xsigned');
  expect(calls).toEqual([['personal_sign', ['0xc3a90a31', LOWER]]]);
});

test.each([
  ['empty, as Safe answers once it approved on chain', '0x'],
  ["a contract wallet's, as long as the server reads", `0x${'5a'.repeat(16_384)}`],
])('passes on a signature that is %s', async (_, signature) => {
  expect(
    await personalSign(
      answering(() => signature),
      'x',
      LOWER,
    ),
  ).toBe(signature);
});

test.each([
  [{ code: 4001, message: 'User rejected the request.' }, 'user_rejected'],
  [Object.assign(new Error('rejected'), { code: 4001 }), 'user_rejected'],
  [{ code: 'ACTION_REJECTED' }, 'user_rejected'],
  [{ code: -32603, data: { originalError: { code: 4001 } } }, 'user_rejected'],
  [{ data: { originalError: { code: 4001 } } }, 'user_rejected'],
  [{ code: 4100 }, 'wallet_unauthorized'],
  [{ code: 4200 }, 'wallet_unsupported'],
  [{ code: -32002 }, 'wallet_busy'],
  [{ code: 4900 }, 'wallet_disconnected'],
  [{ code: -32603 }, 'wallet_failed'],
  ['no', 'wallet_failed'],
  [undefined, 'wallet_failed'],
  [null, 'wallet_failed'],
])('reads what a wallet throws: %j', async (thrown, code) => {
  expect(toWalletError(thrown).code).toBe(code);
  await expect(personalSign(throwing(thrown), 'x', LOWER)).rejects.toMatchObject({ code });
});
