// What a sign-in costs in prompts and calls, and what becomes of it, against a user pool that tells nobody who is unknown.
import { expect, test } from 'vitest';
import { createWalletAuth } from '../createWalletAuth.ts';
import { createTestWallet, type TestWalletOptions } from '../testing/index.ts';
import { A, account, B, CONFIG, codeOf, createWorld, settle } from '../world.fakes.ts';

function setUp(options: Partial<TestWalletOptions> = {}) {
  const made = createWorld();
  const { auth, browser } = made.openTab();
  const wallet = createTestWallet({ accounts: [account(A)], connected: true, ...options });
  /** Prompts, SignUps and the outcome of one sign-in. */
  async function signIn(signer: Parameters<typeof auth.signIn>[0] = wallet.provider) {
    const before = wallet.prompts;
    made.calls();
    const outcome = await codeOf(auth.signIn(signer).then(() => 'signed in'));
    const signUps = made.calls().filter((call) => call === 'SignUp').length;
    return [wallet.prompts - before, signUps, (outcome as { value?: unknown }).value ?? outcome];
  }
  return { ...made, auth, browser, wallet, signIn };
}

test('signs a wallet up at its first sign-in from a browser, and never again', async () => {
  const { signIn } = setUp();
  expect(await signIn()).toEqual([1, 1, 'signed in']);
  expect(await signIn()).toEqual([1, 0, 'signed in']);
});

test('costs a user that was cleaned up one more prompt', async () => {
  const { world, signIn } = setUp();
  await signIn();
  world.users.clear();
  expect(await signIn()).toEqual([2, 1, 'signed in']);
  expect(await signIn()).toEqual([1, 0, 'signed in']);
});

test('tries a SignUp once for a wrong signature, without a prompt', async () => {
  const { wallet, signIn } = setUp();
  await signIn();
  wallet.switches.signsAs = account(B);
  expect(await signIn()).toEqual([1, 1, 'refused_signature']);
  expect((await signIn())[2]).toBe('refused_signature');
});

test.each(['TooManyRequestsException', 'InternalErrorException'])(
  'takes %s for no refusal',
  async (type) => {
    const { world, signIn, refuse } = setUp();
    await signIn();
    world.overrides.set('RespondToAuthChallenge', () => refuse(type));
    expect((await signIn()).slice(0, 2)).toEqual([1, 0]);
  },
);

test('tells its steps, and gives the session of the wallet', async () => {
  const { auth, wallet, world } = setUp();
  const steps: string[] = [];
  const session = await auth.signIn(wallet.provider, { onStep: (step) => steps.push(step) });
  expect(steps).toEqual(['connecting', 'preparing', 'signing', 'verifying']);
  expect(session).toMatchObject({ wallet: A, chainId: 1 });
  expect(session.expiresAt).toEqual(new Date(world.now + 900_000));
  expect(await auth.session()).toEqual(session);
});

test('signs by a key too, in one call', async () => {
  const { auth } = setUp();
  expect(await auth.signIn(account(A))).toMatchObject({ wallet: A });
});

test.each([
  [1, undefined, 1],
  [137, undefined, 137],
  [5, undefined, 1],
  [1, 137, 137],
])(
  'for a wallet on chain %s that is to sign for %s signs for chain %s',
  async (on, wish, chain) => {
    const { auth, wallet } = setUp({ chainId: on });
    const options = wish === undefined ? {} : { chainId: wish };
    expect(await auth.signIn(wallet.provider, options)).toMatchObject({ chainId: chain });
  },
);

test.each([
  ['a chain that is not listed', { chainId: 5 }, 'chain_id_mismatch'],
  ['another statement', { statement: 'Give me all.' }, 'statement_mismatch'],
])('does not ask the wallet to sign for %s', async (_, options, code) => {
  const { auth, wallet } = setUp();
  expect(await codeOf(auth.signIn(wallet.provider, options))).toBe(code);
  expect(wallet.prompts).toBe(0);
});

test('does not ask the wallet to sign for an origin that is not listed', async () => {
  const { openTab } = setUp();
  const wallet = createTestWallet({ accounts: [account(A)], connected: true });
  const { auth } = openTab(undefined, { origin: 'https://evil.example' });
  expect(await codeOf(auth.signIn(wallet.provider))).toBe('unlisted_origin');
  expect(wallet.prompts).toBe(0);
});

test('signs where the server is too old to name its origins', async () => {
  const { world, signIn } = setUp();
  world.origins = undefined;
  expect((await signIn())[2]).toBe('signed in');
});

test('takes the time of the server where its own clock is hours off', async () => {
  const { auth, wallet, world } = setUp();
  world.clientOffset = -7_200_000;
  await auth.signIn(wallet.provider);
  world.now += 860_000; // forty seconds before the tokens end
  const before = await auth.session();
  world.now += 30_000;
  expect(await auth.session()).not.toEqual(before);
});

test.each([
  ['refuses', { refuses: true }, 'user_rejected'],
  ['refuses to sign', { refuses: ['personal_sign'] }, 'user_rejected'],
  ['is locked', { locked: true, connected: false }, 'no_account'],
  ['has no personal_sign', { hasPersonalSign: false }, 'wallet_unsupported'],
  ['signs garbage', { garbage: '0xgarbage' }, 'refused_signature'],
  ['signs nothing', { garbage: null }, 'wallet_failed'],
  ['signs by another account', { signsAs: account(B) }, 'refused_signature'],
])('leaves no session behind where the wallet %s', async (_, switches, code) => {
  const { auth, wallet } = setUp(switches);
  expect(await codeOf(auth.signIn(wallet.provider))).toBe(code);
  expect(await auth.session()).toBeNull();
});

test.each(['eth_requestAccounts', 'personal_sign', 'eth_chainId'])(
  'waits for a wallet that hangs at %s until the signal, and sends nothing then',
  async (method) => {
    const { auth, wallet, calls } = setUp({ hangs: [method], connected: false });
    const cancel = new AbortController();
    const outcome = codeOf(auth.signIn(wallet.provider, { signal: cancel.signal }));
    await settle();
    cancel.abort();
    expect(await outcome).toBe('cancelled');
    expect(calls()).not.toContain('RespondToAuthChallenge');
  },
);

test('is cancelled by a newer sign-in', async () => {
  const { auth, wallet } = setUp({ hangs: ['personal_sign'] });
  const first = codeOf(auth.signIn(wallet.provider));
  await settle();
  expect(await auth.signIn(account(B))).toMatchObject({ wallet: B });
  expect(await first).toBe('cancelled');
  expect(await auth.session()).toMatchObject({ wallet: B });
});

test('is cancelled by a sign-out, and revokes tokens that come after it', async () => {
  const { auth, wallet, world, json, calls } = setUp();
  await auth.signIn(wallet.provider);
  const tokens = { IdToken: 'e30.e30.s', AccessToken: 'a', RefreshToken: 'late' };
  world.overrides.set('RespondToAuthChallenge', async () => {
    await auth.signOut();
    return json(200, { AuthenticationResult: tokens });
  });
  expect(await codeOf(auth.signIn(wallet.provider))).toBe('cancelled');
  expect(await auth.session()).toBeNull();
  expect(calls().filter((call) => call === 'RevokeToken')).toHaveLength(2);
});

test('ends where the account changes before the signature', async () => {
  const { auth, wallet } = setUp();
  const signing = account(A);
  signing.signMessage = async () => {
    wallet.selectAccount(account(B));
    return 'late';
  };
  wallet.switches.signsAs = signing;
  expect(await codeOf(auth.signIn(wallet.provider))).toBe('cancelled');
  expect(await auth.session()).toBeNull();
});

test('is not cancelled by the wallet of an older sign-in, which changes its account', async () => {
  const { auth, wallet, world } = setUp();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  world.overrides.set('RespondToAuthChallenge', async () => {
    await held;
    return Response.json({}, { status: 500 });
  });
  const older = codeOf(auth.signIn(wallet.provider));
  await settle();
  world.overrides.clear();
  const newer = auth.signIn(account(B));
  wallet.selectAccount(account(B));
  release();
  expect(await newer).toMatchObject({ wallet: B });
  await older;
});

test('is not kept from signing in by what else stands in the storage', async () => {
  const { auth, browser, wallet } = setUp();
  browser.kept.set('nft-gallery.wallet.client', 'garbage');
  expect(await auth.signIn(wallet.provider)).toMatchObject({ wallet: A });
});

test('revokes the session that a new one takes the place of', async () => {
  const { auth, wallet, refreshTokens } = setUp();
  await auth.signIn(wallet.provider);
  await auth.signIn(account(B));
  await settle();
  const ofA = [...refreshTokens.values()].filter(({ username }) => username === A.toLowerCase());
  expect(ofA.map(({ state }) => state)).toEqual(['revoked']);
});

test.each([
  ['nonce', 'x'],
  ['issuedAt', 'yesterday'],
  ['statement', 'two\nlines'],
  ['chainIds', ''],
  ['message', 'sign this'],
])('does not ask the wallet to sign a challenge whose %s is %j', async (name, value) => {
  const { auth, wallet, world, fetch, json } = setUp();
  world.overrides.set('InitiateAuth', async () => {
    world.overrides.clear();
    const body = { AuthParameters: { USERNAME: A } };
    const init = { method: 'POST', headers: { 'x-amz-target': 'x.InitiateAuth' } };
    const real = await fetch('https://x/', { ...init, body: JSON.stringify(body) });
    const { Session, ChallengeParameters } = await real.json();
    return json(200, { Session, ChallengeParameters: { ...ChallengeParameters, [name]: value } });
  });
  expect(await codeOf(auth.signIn(wallet.provider))).toBe('unreadable_challenge');
  expect(wallet.prompts).toBe(0);
});

test.each([
  ['region', ''],
  ['userPoolId', undefined],
  ['apiEndpoint', 'http://api.example/prod'],
  ['apiEndpoint', '//api.example/prod'],
  ['userPoolEndpoint', 'http://localhost.evil.example/'],
  ['identityPoolEndpoint', 'javascript:alert(1)'],
])('takes no configuration whose %s is %j', (key, value) => {
  expect(() => createWalletAuth({ ...CONFIG, [key]: value })).toThrow(`config: ${key}`);
});

test.each([{ userPoolEndpoint: null }, { userPoolEndpoint: 'http://localhost:3001/cognito-idp' }])(
  'takes the configuration of AWS, and of the local stack: %j',
  (endpoints) => {
    expect(createWalletAuth({ ...CONFIG, ...endpoints })).toHaveProperty('signIn');
  },
);

test.each(['', 'gallery.example'])('signs for no origin such as %j', async (origin) => {
  const { openTab } = setUp();
  const { auth } = openTab(undefined, { origin });
  expect(await codeOf(auth.signIn(account(A)))).toBe('invalid_config');
});
