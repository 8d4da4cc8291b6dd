import { expect, test } from 'vitest';
import { WalletError } from '../wallet/errors.ts';
import type { UserPool } from './cloud.ts';
import { randomPassword, type Signer, type SignInDeps, signInWithWallet } from './signIn.ts';

const ADDRESS = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed';

function setUp(userPool: Partial<UserPool> = {}) {
  const calls: unknown[][] = [];
  const steps: string[] = [];
  const pool: UserPool = {
    id: 'us-east-1_Pool',
    signUp: async (...args) => calls.push(['signUp', ...args]) > 0,
    startSignIn: async (...args) => {
      calls.push(['startSignIn', ...args]);
      return { nonce: 'k3p9Zq0aWn5dL8', issuedAt: '2026-01-02T03:04:05Z', chainIds: '1,5' };
    },
    answerChallenge: async (...args) => {
      calls.push(['answerChallenge', ...args]);
      return true;
    },
    currentUsername: async () => ADDRESS,
    idTokenClaims: async () => null,
    wasReused: () => false,
    signOut: async () => void calls.push(['signOut']),
    revokeEverywhere: async () => void calls.push(['revokeEverywhere']),
    ...userPool,
  };
  const signer: Signer = {
    address: ADDRESS,
    readChainId: async () => 5,
    sign: async (message) => `signed:${message.length}`,
  };
  const deps: SignInDeps = {
    userPool: pool,
    signUps: { has: () => false, add: () => {} },
    site: { host: 'gallery.example', origin: 'https://gallery.example' },
    randomBytes: (length) => new Uint8Array(length).fill(7),
    onStep: (step) => steps.push(step),
    isWanted: () => true,
  };
  return { calls, steps, signer, deps };
}

const named = (name: string, message = '') => Object.assign(new Error(message), { name });

test('signs up, takes a challenge, signs and answers with message and signature', async () => {
  const { calls, steps, signer, deps } = setUp();
  await signInWithWallet(signer, deps);
  expect(calls.map(([name]) => name)).toEqual(['signUp', 'startSignIn', 'answerChallenge']);
  expect(calls[1]).toEqual(['startSignIn', ADDRESS]);
  const answer = JSON.parse(calls[2]?.[1] as string);
  expect(Object.keys(answer)).toEqual(['message', 'signature']);
  expect(answer.message).toMatch(/^gallery\.example wants you to sign in/);
  expect(answer.message).toContain('Chain ID: 5\nNonce: k3p9Zq0aWn5dL8');
  expect(answer.signature).toBe(`signed:${answer.message.length}`);
  expect(steps).toEqual(['preparing', 'signing', 'verifying']);
});

test('answers nothing when the owner of the wallet refuses', async () => {
  const { calls, signer, deps } = setUp();
  signer.sign = () => Promise.reject(new WalletError('user_rejected'));
  await expect(signInWithWallet(signer, deps)).rejects.toThrow('user_rejected');
  expect(calls.map(([name]) => name)).toEqual(['signUp', 'startSignIn']);
});

test('asks for no signature when the challenge cannot be read', async () => {
  const { signer, deps } = setUp({ startSignIn: async () => ({ message: 'sign this' }) });
  signer.sign = () => Promise.reject(new Error('was asked to sign'));
  await expect(signInWithWallet(signer, deps)).rejects.toThrow('unreadable_challenge');
});

test('is refused when Cognito asks again, or ends the session', async () => {
  for (const answerChallenge of [
    async () => false,
    () => Promise.reject(named('NotAuthorizedException', 'Incorrect username or password.')),
  ]) {
    const { signer, deps } = setUp({ answerChallenge });
    await expect(signInWithWallet(signer, deps)).rejects.toThrow('refused_signature');
  }
});

test.each([
  [
    'NotAuthorizedException',
    'Invalid session for the user, session is expired.',
    'expired_challenge',
  ],
  ['TooManyRequestsException', '', 'throttled'],
  ['LimitExceededException', '', 'throttled'],
  ['ForbiddenException', 'Request not allowed due to WAF block.', 'blocked'],
  ['NetworkError', '', 'unreachable'],
  ['InternalErrorException', '', 'sign_in_failed'],
])('maps %s (%s) to %s', async (name, message, code) => {
  const { signer, deps } = setUp({ answerChallenge: () => Promise.reject(named(name, message)) });
  await expect(signInWithWallet(signer, deps)).rejects.toThrow(code);
});

test('makes passwords of 32 characters and more, of every class', () => {
  const password = randomPassword((length) => new Uint8Array(length).fill(255));
  expect(password).toBe(`Aa0!${'f'.repeat(64)}`);
  for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/]) expect(password).toMatch(kind);
});
