// One stack for the tests: Cognito, the identity pool and the API behind one `fetch`, and the browser's storage and locks.
import { createWalletAuth } from './createWalletAuth.ts';
import { storedTokens } from './session/tokens.ts';
import type {
  KeyValueStorage,
  MessageSigner,
  TokenStore,
  WalletAuthConfig,
  WalletAuthOptions,
} from './types.ts';

export const A = '0xAAaaaAAAaaaaaAAAaAaaaaaAaAaaAAAaAaAAaAAA';
export const B = '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB';
export const ORIGIN = 'https://gallery.example';
export const CONFIG = {
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_Pool',
  userPoolClientId: 'client',
  identityPoolId: 'eu-west-1:pool',
  apiEndpoint: 'https://api.example/prod',
};
export const START = Date.parse('2026-01-31T12:00:00Z');

/** An account whose signatures the fake Cognito takes. */
export const account = (address: string): MessageSigner => ({
  address,
  signMessage: async (text) => signatureOf(address, text),
});

export function signatureOf(address: string, text: string): string {
  return `${address.toLowerCase()} signed ${text}`;
}

const lower = (text: unknown) => String(text).toLowerCase();
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const refuse = (type: string, message = '', status = 400) =>
  json(status, { __type: type, message });
const encode = (value: unknown) =>
  btoa(JSON.stringify(value)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const decode = (token: unknown) => JSON.parse(atob(String(token).split('.')[1] ?? ''));

// biome-ignore lint/suspicious/noExplicitAny: each operation has a body of its own
type Body = Record<string, any>;
type Answer = (body: Body) => Response | Promise<Response>;

interface RefreshToken {
  username: string;
  family: string;
  state: 'live' | 'used' | 'revoked';
  usedAt: number;
}

/** Cognito takes a rotated refresh token for so long: an answer may be lost on its way. */
const GRACE_MS = 10_000;

export function createWorld() {
  const world = {
    /** Milliseconds; the server's clock. `clientNow` is the page's. */
    now: START,
    clientOffset: 0,
    users: new Map<string, number>(),
    rotates: true,
    statement: 'Sign in.',
    chainIds: '1,137',
    origins: `${ORIGIN},https://www.gallery.example` as string | undefined,
    calls: [] as string[],
    requests: [] as { url: string; init: RequestInit }[],
    /** By operation or path: what answers in place of the fake. */
    overrides: new Map<string, Answer>(),
    slept: [] as number[],
  };
  const spellings = new Map([A, B].map((address) => [lower(address), address]));
  const sessions = new Map<string, { username: string; message: string; nonce: string }>();
  /** A sign-in and its refreshes are one family: revoking one revokes all, as Cognito does. */
  const refreshTokens = new Map<string, RefreshToken>();
  let count = 0;
  const next = () => `${++count}`;

  function tokensFor(username: string, rotated = true, family = next()) {
    const [iat, sub] = [Math.floor(world.now / 1000), `sub${world.users.get(username)}`];
    const times = { auth_time: iat, iat, exp: iat + 900 };
    const claims = { sub, wallet: spellings.get(username), ...times, jti: next() };
    const RefreshToken = `refresh${next()}`;
    if (rotated) refreshTokens.set(RefreshToken, { username, family, state: 'live', usedAt: 0 });
    const IdToken = `e30.${encode(claims)}.s`;
    const AccessToken = `e30.${encode({ username, sub, iat, exp: iat + 900, jti: next() })}.s`;
    return { IdToken, AccessToken, ...(rotated && { RefreshToken }) };
  }

  function challengeFor(username: string) {
    const nonce = `nonce0000${next()}`;
    const time = (at: number) => new Date(at).toISOString().replace('.000', '');
    const message = `gallery.example wants you…\n${spellings.get(username)}\n`;
    const session = `session${next()}`;
    sessions.set(session, { username, message, nonce });
    const { statement, chainIds, origins } = world;
    const times = { issuedAt: time(world.now), expirationTime: time(world.now + 300_000) };
    return {
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: session,
      ChallengeParameters: { message, nonce, ...times, statement, chainIds, origins },
    };
  }

  const operations: Record<string, Answer> = {
    SignUp({ Username }) {
      const username = lower(Username);
      if (world.users.has(username)) return refuse('UsernameExistsException');
      world.users.set(username, Number(next()));
      return json(200, {});
    },
    InitiateAuth: ({ AuthParameters }) => json(200, challengeFor(lower(AuthParameters.USERNAME))),
    RespondToAuthChallenge({ Session, ChallengeResponses }) {
      const open = sessions.get(String(Session));
      sessions.delete(String(Session));
      if (!open) return refuse('NotAuthorizedException', 'Invalid session for the user.');
      const { message, signature } = JSON.parse(ChallengeResponses.ANSWER);
      const isRight =
        world.users.has(open.username) &&
        signature === signatureOf(open.username, message) &&
        message.includes(`Nonce: ${open.nonce}\n`);
      if (!isRight) return json(200, challengeFor(open.username));
      return json(200, { AuthenticationResult: tokensFor(open.username) });
    },
    GetTokensFromRefreshToken({ RefreshToken }) {
      const found = refreshTokens.get(String(RefreshToken));
      if (!found || found.state === 'revoked') return refuse('NotAuthorizedException', 'revoked');
      if (found.state === 'used' && world.now - found.usedAt >= GRACE_MS)
        return refuse('RefreshTokenReuseException');
      if (world.rotates && found.state === 'live')
        Object.assign(found, { state: 'used', usedAt: world.now });
      const { username, family } = found;
      return json(200, { AuthenticationResult: tokensFor(username, world.rotates, family) });
    },
    RevokeToken({ Token }) {
      const family = refreshTokens.get(String(Token))?.family;
      for (const token of refreshTokens.values())
        if (token.family === family) token.state = 'revoked';
      return json(200, {});
    },
    GlobalSignOut({ AccessToken }) {
      const { username } = decode(AccessToken);
      for (const token of refreshTokens.values())
        if (token.username === username) token.state = 'revoked';
      return json(200, {});
    },
    DeleteUser({ AccessToken }) {
      world.users.delete(decode(AccessToken).username);
      return json(200, {});
    },
    GetId({ Logins }) {
      const [token] = Object.values<string>(Logins ?? {});
      const sub = token ? decode(token).sub : `guest${next()}`;
      return json(200, { IdentityId: `id:${sub}` });
    },
    GetCredentialsForIdentity({ IdentityId }) {
      const Expiration = world.now / 1000 + 3600;
      const [AccessKeyId, SecretKey, SessionToken] = ['AK', 'secret', `${IdentityId}/${next()}`];
      return json(200, { Credentials: { AccessKeyId, SecretKey, SessionToken, Expiration } });
    },
  };

  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const target = new Headers(init.headers).get('x-amz-target')?.split('.')[1];
    const name = target ?? new URL(url).pathname.replace('/prod', '');
    world.calls.push(name);
    world.requests.push({ url, init });
    const answer = world.overrides.get(name) ?? operations[name];
    await Promise.resolve();
    return answer ? answer(target ? JSON.parse(String(init.body)) : {}) : json(200, {});
  }

  /** One page of the browser; those that share a storage are tabs of one origin. */
  function openTab(
    browser = createBrowser(),
    options: WalletAuthOptions = {},
    config: WalletAuthConfig = CONFIG,
  ) {
    const { storage, locks } = browser;
    const auth = createWalletAuth(config, {
      ...{ origin: ORIGIN, fetch, storage, locks },
      tokenStore: browser.tokenStore(),
      now: () => world.now + world.clientOffset,
      sleep: async (milliseconds) => void world.slept.push(milliseconds),
      ...options,
    });
    return { auth, browser };
  }

  /** The calls since this was asked last. */
  const calls = () => world.calls.splice(0);
  return { world, calls, fetch, openTab, refuse, json, refreshTokens };
}

/** Storage and Web Locks of one origin. Each `tokenStore` hears of what the others write. */
export function createBrowser() {
  const kept = new Map<string, string>();
  const storage: KeyValueStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
  const tabs = new Set<() => void>();
  let last: Promise<unknown> = Promise.resolve();
  const locks = {
    request<Value>(_: string, run: () => Promise<Value>): Promise<Value> {
      const mine = last.then(run);
      last = mine.catch(() => {});
      return mine;
    },
  };
  function tokenStore(): TokenStore {
    let hear = () => {};
    const store = storedTokens('nft-gallery.session.client', storage);
    return {
      read: store.read,
      write(tokens) {
        store.write(tokens);
        for (const other of tabs) if (other !== hear) other();
      },
      subscribe(listener) {
        hear = listener;
        tabs.add(hear);
        return () => tabs.delete(hear);
      },
    };
  }
  return { kept, storage, locks, tokenStore };
}

/** The error's code, or what came in its place. */
export function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => ({ value }),
    (error: { code?: unknown }) => error.code ?? error,
  );
}

/** Once all that is ready has run. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
