import { expect, test } from 'vitest';
import { A, B, fakeWallet, settle, setUp } from './session.fakes.ts';

test('signs in, remembers the wallet, signs out and forgets it', async () => {
  const { world, kept, session } = setUp();
  await session.signIn(fakeWallet('org.one', [A]).wallet);
  expect(session.get()).toEqual({ status: 'signed-in', address: A, notice: null });
  expect(kept.get('nft-gallery.wallet')).toBe('org.one');
  await session.signOut();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
  expect(world.tokens).toBeNull();
  expect([...kept.keys()]).toEqual([
    expect.stringMatching(/^nft-gallery\.signed-up\.[0-9a-f]{4}$/),
  ]);
});

test('tells what it waits for', async () => {
  const { session } = setUp();
  const seen: string[] = [];
  session.subscribe(() => {
    const state = session.get();
    seen.push(state.status === 'signing-in' ? state.step : state.status);
  });
  await session.signIn(fakeWallet('org.one', [A]).wallet);
  expect(seen).toEqual(['connecting', 'preparing', 'signing', 'verifying', 'signed-in']);
});

test('stays a guest, calmly, when the owner of the wallet refuses', async () => {
  const { session } = setUp();
  const { fake, wallet } = fakeWallet('org.one', [A]);
  fake.refuses = true;
  await session.signIn(wallet);
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'info' } });
  expect(session.get().notice?.text).toMatch(/rejected/);
});

test('leaves no session behind a refused signature', async () => {
  const { world, session } = setUp();
  world.isForged = true;
  await session.signIn(fakeWallet('org.one', [A]).wallet);
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(session.get().notice?.text).toMatch(/signature was refused/);
  expect(world.signOuts).toBe(1);
});

test('refuses to sign in on a path gateway, and restores nothing there', async () => {
  const { world, session } = setUp({ pathname: '/ipfs/bafy/', tokens: A });
  await session.restore();
  expect(session.get().status).toBe('guest');
  await session.signIn(fakeWallet('org.one', [A]).wallet);
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(world.tokens).toBe(A);
});

test('signs out when the account of the wallet changes', async () => {
  const { world, session } = setUp();
  const one = fakeWallet('org.one', [A]);
  await session.signIn(one.wallet);
  one.emit('accountsChanged', [A]);
  expect(session.get().status).toBe('signed-in');
  one.emit('accountsChanged', [B]);
  await settle();
  expect(session.get().status).toBe('guest');
  expect(session.get().notice?.text).toMatch(/^Wallet account changed/);
  expect(world.tokens).toBeNull();
});

test('signs out when the wallet disconnects', async () => {
  const { session } = setUp();
  const one = fakeWallet('org.one', [A]);
  await session.signIn(one.wallet);
  one.emit('accountsChanged', []);
  await settle();
  expect(session.get().notice?.text).toMatch(/^Wallet disconnected/);
});

test('ends signing in when the account changes before the signature', async () => {
  const { world, session } = setUp();
  const one = fakeWallet('org.one', [A]);
  one.fake.sign = async () => {
    one.emit('accountsChanged', [B]);
    return '0xsigned';
  };
  await session.signIn(one.wallet);
  await settle();
  expect(session.get().status).toBe('guest');
  expect(world.tokens).toBeNull();
});

test('keeps no tokens that arrive after the account has changed', async () => {
  const { world, session } = setUp();
  const one = fakeWallet('org.one', [A]);
  world.duringAnswer = () => one.emit('accountsChanged', [B]);
  await session.signIn(one.wallet);
  expect(session.get().status).toBe('guest');
  expect(world.tokens).toBeNull();
});

test('sends no signature that comes after cancelling', async () => {
  const { world, session } = setUp();
  const one = fakeWallet('org.one', [A]);
  one.fake.sign = async () => {
    session.cancel();
    return '0xsigned';
  };
  await session.signIn(one.wallet);
  await settle();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { text: 'Sign-in cancelled.' } });
  expect(world.answers).toBe(0);
});

test('asks for no signature after cancelling', async () => {
  const { session } = setUp();
  const one = fakeWallet('org.one', [A]);
  let prompts = 0;
  one.fake.sign = async () => {
    prompts += 1;
    return '0xsigned';
  };
  session.subscribe(() => {
    const state = session.get();
    if (state.status === 'signing-in' && state.step === 'preparing') session.cancel();
  });
  await session.signIn(one.wallet);
  await settle();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { text: 'Sign-in cancelled.' } });
  expect(prompts).toBe(0);
});
