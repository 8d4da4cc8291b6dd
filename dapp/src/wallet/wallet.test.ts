import { expect, test } from 'vitest';
import { explainWalletError, toWalletError } from './errors.ts';
import {
  personalSign,
  readAccounts,
  readChainId,
  requestAccount,
  type Wallet,
  watchWallet,
} from './wallet.ts';

const ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const LOWER = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed';

function fakeWallet(answer: (method: string, params: unknown[]) => unknown) {
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();
  const wallet: Wallet = {
    uuid: 'u',
    rdns: 'org.example',
    name: 'Test',
    icon: null,
    provider: {
      request: async ({ method, params = [] }) => answer(method, params),
      on: (event, listener) =>
        listeners.set(event, (listeners.get(event) ?? new Set()).add(listener as never)),
      removeListener: (event, listener) => listeners.get(event)?.delete(listener as never),
    },
  };
  const emit = (event: string, ...args: unknown[]) => {
    for (const listener of listeners.get(event) ?? []) listener(...args);
  };
  return { wallet, emit };
}

const throwing = (thrown: unknown) =>
  fakeWallet(() => {
    throw thrown;
  }).wallet;

test('asks for an account and lowers its case', async () => {
  const { wallet } = fakeWallet((method) => (method === 'eth_requestAccounts' ? [ADDRESS] : []));
  expect(await requestAccount(wallet)).toBe(LOWER);
});

test.each([[[]], [null], [['vitalik.eth']], ['0x']])('takes %j for no account', async (answer) => {
  await expect(requestAccount(fakeWallet(() => answer).wallet)).rejects.toThrow('no_account');
});

test('gives no accounts for a locked wallet or one that fails', async () => {
  expect(await readAccounts(fakeWallet(() => []).wallet)).toEqual([]);
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
  expect(await readChainId(fakeWallet(() => answer).wallet)).toBe(chainId);
});

test('signs the hex of the UTF-8 text, then the address', async () => {
  const calls: unknown[] = [];
  const { wallet } = fakeWallet((method, params) => {
    calls.push([method, params]);
    return '0xsigned';
  });
  expect(await personalSign(wallet, 'é\n1', LOWER)).toBe('0xsigned');
  expect(calls).toEqual([['personal_sign', ['0xc3a90a31', LOWER]]]);
});

test.each([
  ['empty, as Safe answers once it approved on chain', '0x'],
  ["a contract wallet's, as long as the server reads", `0x${'5a'.repeat(16_384)}`],
])('passes on a signature that is %s', async (_, signature) => {
  expect(await personalSign(fakeWallet(() => signature).wallet, 'x', LOWER)).toBe(signature);
});

test.each([
  [{ code: 4001, message: 'User rejected the request.' }, 'user_rejected'],
  [Object.assign(new Error('rejected'), { code: 4001 }), 'user_rejected'],
  [{ code: 'ACTION_REJECTED' }, 'user_rejected'],
  [{ code: -32603, data: { originalError: { code: 4001 } } }, 'user_rejected'],
  [{ data: { originalError: { code: 4001 } } }, 'user_rejected'],
  [{ code: 4100 }, 'unauthorized'],
  [{ code: -32002 }, 'request_pending'],
  [{ code: 4900 }, 'disconnected'],
  [{ code: -32603 }, 'wallet_failed'],
  ['no', 'wallet_failed'],
  [undefined, 'wallet_failed'],
  [null, 'wallet_failed'],
])('reads what a wallet throws: %j', async (thrown, code) => {
  expect(toWalletError(thrown).code).toBe(code);
  await expect(personalSign(throwing(thrown), 'x', LOWER)).rejects.toThrow(code);
  expect(explainWalletError(toWalletError(thrown))).toMatch(/\.$/);
});

test('watches accounts until told to stop', () => {
  const { wallet, emit } = fakeWallet(() => null);
  const seen: unknown[] = [];
  const stop = watchWallet(wallet, {
    onAccounts: (accounts) => seen.push(accounts),
    onDisconnect: () => seen.push('disconnect'),
  });
  emit('accountsChanged', [ADDRESS]);
  emit('accountsChanged', 'garbage');
  emit('disconnect', { code: 1013 });
  emit('disconnect', { code: 4900 });
  stop();
  emit('accountsChanged', [ADDRESS]);
  expect(seen).toEqual([[LOWER], [], 'disconnect']);
});
