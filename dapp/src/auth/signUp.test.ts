// What a sign-in costs in prompts and SignUps, against a user pool that tells nobody who is unknown.
import { expect, test } from 'vitest';
import type { Address } from '../ethereum/address.ts';
import { WalletError } from '../wallet/errors.ts';
import type { UserPool } from './cloud.ts';
import { signInWithWallet } from './signIn.ts';
import { rememberSignUps } from './signUps.ts';

const A = '0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const B = '0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
const named = (name: string) =>
  Object.assign(new Error('Incorrect username or password.'), { name });

/** A browser before a user pool; wallets sign `good` unless told otherwise. */
function setUp(pool = 'us-east-1_One', kept = new Map<string, string>()) {
  const world = {
    ...{ users: new Set<string>(), signUps: 0, prompts: 0, steps: [] as string[] },
    ...{ signature: 'good', duringSignUp: () => {}, isWanted: true },
    /** Cognito asks three times, and ends a session with an error. */
    refuse: (): boolean | never => false,
  };
  let asked = '';
  const userPool = {
    id: pool,
    signUp: async (username: string) => {
      world.signUps += 1;
      world.duringSignUp();
      return world.users.size < world.users.add(username).size;
    },
    startSignIn: async (username: string) => {
      asked = username;
      return { nonce: 'k3p9Zq0aWn5dL8', issuedAt: '2026-01-02T03:04:05Z', chainIds: '1' };
    },
    answerChallenge: async (answer: string) =>
      (world.users.has(asked) && JSON.parse(answer).signature === 'good') || world.refuse(),
  };
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const sign = async () => {
    world.prompts += 1;
    if (world.signature === 'rejected') throw new WalletError('user_rejected');
    return world.signature;
  };
  /** Prompts and SignUps of one sign-in, and what came of it. */
  async function signIn(address: Address) {
    Object.assign(world, { signUps: 0, prompts: 0, steps: [] });
    const outcome = await signInWithWallet(
      { address, readChainId: async () => 1, sign },
      {
        userPool: userPool as unknown as UserPool,
        signUps: rememberSignUps(pool, storage),
        site: { host: 'gallery.example', origin: 'https://gallery.example' },
        randomBytes: (length) => new Uint8Array(length),
        onStep: (step) => world.steps.push(step),
        isWanted: () => world.isWanted,
      },
    ).then(
      () => 'signed in',
      (error: { code: string }) => error.code,
    );
    return { prompts: world.prompts, signUps: world.signUps, outcome };
  }
  return { world, kept, signIn };
}

test('signs a wallet up at its first sign-in from a browser, and never again', async () => {
  const { signIn } = setUp();
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 1, outcome: 'signed in' });
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 0, outcome: 'signed in' });
});

test('signs each wallet of a browser up by itself', async () => {
  const { signIn } = setUp();
  await signIn(A);
  expect(await signIn(B)).toEqual({ prompts: 1, signUps: 1, outcome: 'signed in' });
  for (const address of [A, B] as const)
    expect(await signIn(address)).toEqual({ prompts: 1, signUps: 0, outcome: 'signed in' });
});

test('asks a wallet of another browser, or of a private window, for one signature', async () => {
  const { world, signIn } = setUp();
  world.users.add(A);
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 1, outcome: 'signed in' });
});

test('signs up again for another user pool of the same origin', async () => {
  const one = setUp('us-east-1_One');
  await one.signIn(A);
  const two = setUp('us-east-1_Two', one.kept);
  expect(await two.signIn(A)).toEqual({ prompts: 1, signUps: 1, outcome: 'signed in' });
});

test.each([
  ['asks again', () => false],
  ['ends the session', () => Promise.reject(named('NotAuthorizedException'))],
  ['knows no such user', () => Promise.reject(named('UserNotFoundException'))],
])('costs a user that was cleaned up one more prompt where Cognito %s', async (_, refuse) => {
  const { world, signIn } = setUp();
  await signIn(A);
  world.users.clear();
  world.refuse = refuse as () => boolean;
  expect(await signIn(A)).toEqual({ prompts: 2, signUps: 1, outcome: 'signed in' });
  expect(world.steps).toEqual([
    'preparing',
    'signing',
    'verifying',
    'preparing',
    'signing-again',
    'verifying',
  ]);
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 0, outcome: 'signed in' });
});

test('tries a SignUp once for a wrong signature of a user who is there, without a prompt', async () => {
  const { world, signIn } = setUp();
  await signIn(A);
  world.signature = 'wrong';
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 1, outcome: 'refused_signature' });
});

test('gives up where the wallet signs wrongly for its new user too', async () => {
  const { world, signIn } = setUp();
  await signIn(A);
  world.users.clear();
  world.signature = 'wrong';
  expect(await signIn(A)).toEqual({ prompts: 2, signUps: 1, outcome: 'refused_signature' });
});

test('has no second try for a wallet that has just signed up', async () => {
  const { world, signIn } = setUp();
  world.signature = 'wrong';
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 1, outcome: 'refused_signature' });
});

test('does not sign up again after the person rejected the prompt', async () => {
  const { world, signIn } = setUp();
  world.signature = 'rejected';
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 1, outcome: 'user_rejected' });
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 0, outcome: 'user_rejected' });
});

test('remembers no SignUp that failed', async () => {
  const { world, signIn } = setUp();
  world.duringSignUp = () => {
    throw named('TooManyRequestsException');
  };
  expect(await signIn(A)).toEqual({ prompts: 0, signUps: 1, outcome: 'throttled' });
  world.duringSignUp = () => {};
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 1, outcome: 'signed in' });
});

test.each(['TooManyRequestsException', 'NetworkError', 'InternalErrorException'])(
  'takes %s for no refusal',
  async (name) => {
    const { world, signIn } = setUp();
    await signIn(A);
    world.users.clear();
    world.refuse = () => {
      throw named(name);
    };
    expect(await signIn(A)).toMatchObject({ prompts: 1, signUps: 0 });
  },
);

test('signs nobody up who has cancelled', async () => {
  const { world, signIn } = setUp();
  await signIn(A);
  world.users.clear();
  world.refuse = () => {
    world.isWanted = false;
    return false;
  };
  expect(await signIn(A)).toEqual({ prompts: 1, signUps: 0, outcome: 'refused_signature' });
});
