import { expect, test } from 'vitest';
import { A, account, B, codeOf, createWorld, signatureOf } from '../world.fakes.ts';
import { createRainbowKitAdapter } from './index.ts';

/** The sign-in window of RainbowKit 2.2: it asks for one nonce, and keeps it for all attempts. */
async function setUp() {
  const made = createWorld();
  const { auth } = made.openTab();
  const told: string[] = [];
  const adapter = createRainbowKitAdapter(auth, { onError: ({ code }) => told.push(code) });
  const nonce = await adapter.getNonce();
  async function attempt(signer = A, { address = A, chainId = 1 } = {}) {
    const message = await adapter.createMessage({ nonce, address, chainId });
    return adapter.verify({ message, signature: signatureOf(signer, message) });
  }
  return { ...made, auth, adapter, nonce, attempt, told };
}

test('asks nobody anything for the nonce', async () => {
  const { adapter, calls } = await setUp();
  expect(await adapter.getNonce()).toMatch(/^[A-Za-z0-9]{8,}$/); // EIP-4361's own form
  expect(calls()).toEqual([]);
});

test('signs in by one message', async () => {
  const { auth, attempt, told } = await setUp();
  expect(await attempt()).toBe(true);
  expect(await auth.session()).toMatchObject({ wallet: A, chainId: 1 });
  expect(told).toEqual([]);
});

test('takes the right signature after a wrong one, though RainbowKit reuses its nonce', async () => {
  const { auth, attempt, told } = await setUp();
  expect(await attempt(B)).toBe(false);
  expect(told).toEqual(['refused_signature']);
  expect(await auth.session()).toBeNull();
  expect(await attempt()).toBe(true);
  expect(await auth.session()).toMatchObject({ wallet: A });
});

test('takes a right one after five wrong ones, of a user who was cleaned up meanwhile', async () => {
  const { world, attempt } = await setUp();
  await attempt();
  world.users.clear();
  for (let wrong = 0; wrong < 5; wrong += 1) expect(await attempt(B)).toBe(false);
  expect(await attempt()).toBe(true);
});

test('has a message of its own for each attempt, also where nobody signed the one before', async () => {
  const { adapter, nonce } = await setUp();
  const wanted = { nonce, address: A, chainId: 137 };
  const [first, second] = [
    await adapter.createMessage(wanted),
    await adapter.createMessage(wanted),
  ];
  expect(first).toContain('\nChain ID: 137\n');
  expect(first).not.toContain(nonce);
  expect(second).not.toBe(first);
  expect(await adapter.verify({ message: first, signature: signatureOf(A, first) })).toBe(true);
});

test('signs for a listed chain where the wallet shows another', async () => {
  const { auth, attempt } = await setUp();
  expect(await attempt(A, { address: A, chainId: 424242 })).toBe(true);
  expect(await auth.session()).toMatchObject({ chainId: 1 });
});

test('takes a challenge that is fresh, however long the window was open', async () => {
  const { world, attempt } = await setUp();
  await attempt(B);
  world.now += 3_600_000;
  expect(await attempt()).toBe(true);
});

test('refuses a message that it did not make, and one that was answered', async () => {
  const { adapter, nonce, told } = await setUp();
  const message = await adapter.createMessage({ nonce, address: A, chainId: 1 });
  const signature = signatureOf(A, message);
  expect(await adapter.verify({ message: `${message}x`, signature })).toBe(false);
  expect(await adapter.verify({ message, signature })).toBe(true);
  expect(await adapter.verify({ message, signature })).toBe(false);
  expect(told).toEqual(['nonce_mismatch', 'nonce_mismatch']);
});

test('says why there is no message', async () => {
  const { world, adapter, nonce, told, refuse } = await setUp();
  world.overrides.set('InitiateAuth', () => refuse('TooManyRequestsException'));
  const message = adapter.createMessage({ nonce, address: A, chainId: 1 });
  expect(await codeOf(message)).toBe('rate_limited');
  expect(told).toEqual(['rate_limited']);
});

test('leaves no session behind a wallet that goes while its signature is verified', async () => {
  const { auth, adapter, nonce, told } = await setUp();
  const message = await adapter.createMessage({ nonce, address: A, chainId: 1 });
  const verified = adapter.verify({ message, signature: signatureOf(A, message) });
  await adapter.signOut(); // RainbowKit: the wallet disconnected
  expect(await verified).toBe(false);
  expect(told).toEqual(['cancelled']);
  expect(await auth.session()).toBeNull();
});

test('signs out', async () => {
  const { auth, adapter, attempt } = await setUp();
  await attempt();
  await adapter.signOut();
  await adapter.signOut();
  expect(await auth.session()).toBeNull();
  expect(await auth.signIn(account(A))).toMatchObject({ wallet: A });
});
