import { expect, test } from 'vitest';
import { A, account, B, createBrowser, createWorld } from '../world.fakes.ts';

function setUp() {
  const made = createWorld();
  const browser = createBrowser();
  return { ...made, browser, auth: made.openTab(browser).auth };
}

const GET = ['GetId', 'GetCredentialsForIdentity'];

test('are asked for once, by however many, until shortly before they end', async () => {
  const { auth, world, calls } = setUp();
  const all = await Promise.all([auth.credentials(), auth.credentials(), auth.credentials()]);
  expect(new Set(all).size).toBe(1);
  expect(all[0]).toMatchObject({ accessKeyId: 'AK', expiration: new Date(world.now + 3_600_000) });
  world.now += 3_200_000;
  await auth.credentials();
  expect(calls()).toEqual(GET);
  world.now += 200_000;
  await Promise.all([auth.credentials(), auth.credentials()]);
  expect(calls()).toEqual(['GetCredentialsForIdentity']);
});

test('are those of the same guest after a reload', async () => {
  const { auth, browser, openTab, calls } = setUp();
  const { identityId } = await auth.credentials();
  calls();
  expect((await openTab(browser).auth.credentials()).identityId).toBe(identityId);
  expect(calls()).toEqual(['GetCredentialsForIdentity']);
});

test('are those of another guest where the identity is a wallet’s by now', async () => {
  const { auth, browser, openTab, world, refuse } = setUp();
  const { identityId } = await auth.credentials();
  let asked = 0;
  world.overrides.set('GetCredentialsForIdentity', () => {
    asked += 1;
    world.overrides.clear();
    return refuse('NotAuthorizedException', `Access to Identity '${identityId}' is forbidden.`);
  });
  const again = await openTab(browser).auth.credentials();
  expect(asked).toBe(1);
  expect(again.identityId).not.toBe(identityId);
});

test('are those of whoever is signed in now', async () => {
  const { auth } = setUp();
  const guest = await auth.credentials();
  await auth.signIn(account(A));
  const a = await auth.credentials();
  await auth.signIn(account(B));
  const b = await auth.credentials();
  await auth.signOut();
  expect(new Set([guest, a, b].map(({ identityId }) => identityId)).size).toBe(3);
  expect((await auth.credentials()).identityId).toBe(guest.identityId);
});

test('stay those of the wallet over a refresh', async () => {
  const { auth } = setUp();
  await auth.signIn(account(A));
  const before = await auth.credentials();
  await auth.refresh();
  expect(await auth.credentials()).toEqual(before);
});

test('are a guest’s where the session was ended elsewhere', async () => {
  const { auth, world, refuse } = setUp();
  const heard: unknown[] = [];
  auth.onSessionChange((_, change) => heard.push(change));
  await auth.signIn(account(A));
  const getId = () => {
    world.overrides.delete('GetId');
    return refuse('NotAuthorizedException', 'Token has been revoked');
  };
  world.overrides.set('GetId', getId);
  world.overrides.set('GetTokensFromRefreshToken', () => refuse('NotAuthorizedException'));
  expect((await auth.credentials()).identityId).toMatch(/guest/);
  expect(heard).toEqual(['signed-in', 'ended']);
});

test.each([
  ['TooManyRequestsException', 'rate_limited'],
  ['NotAuthorizedException', 'forbidden'],
])('say by %s why they cannot be had, and are asked for anew', async (type, code) => {
  const { auth, world, refuse } = setUp();
  world.overrides.set('GetId', () => refuse(type));
  await expect(auth.credentials()).rejects.toMatchObject({ code });
  world.overrides.clear();
  expect(await auth.credentials()).toMatchObject({ accessKeyId: 'AK' });
});
