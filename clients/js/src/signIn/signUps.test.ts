import { expect, test } from 'vitest';
import { openStorage } from '../session/storage.ts';
import { rememberSignUps } from './signUps.ts';

const A = '0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const B = '0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

function browser() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return { kept, storage };
}

test('knows the wallets that signed up, each by itself, after a reload too', () => {
  const { storage } = browser();
  rememberSignUps('pool', storage).add(A);
  const reloaded = rememberSignUps('pool', storage);
  expect([reloaded.has(A), reloaded.has(B)]).toEqual([true, false]);
  reloaded.add(B);
  expect([reloaded.has(A), reloaded.has(B)]).toEqual([true, true]);
});

test('knows nobody of another user pool on the same origin', () => {
  const { storage } = browser();
  rememberSignUps('us-east-1_One', storage).add(A);
  expect(rememberSignUps('us-east-1_Two', storage).has(A)).toBe(false);
});

test('leaves two bytes behind, which tell nobody the wallet', () => {
  const { kept, storage } = browser();
  rememberSignUps('pool', storage).add(A);
  const [entry] = kept;
  expect(entry).toEqual([expect.stringMatching(/^nft-gallery\.signed-up\.[0-9a-f]{4}$/), '']);
});

test('knows them until the page closes where the browser keeps nothing', () => {
  const blocked = openStorage(() => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  });
  const signUps = rememberSignUps('pool', blocked);
  signUps.add(A);
  expect([signUps.has(A), signUps.has(B)]).toEqual([true, false]);
});

test('forgets a wallet whose account was deleted', () => {
  const { storage } = browser();
  const signUps = rememberSignUps('pool', storage);
  signUps.add(A);
  signUps.remove(A);
  expect(signUps.has(A)).toBe(false);
});
