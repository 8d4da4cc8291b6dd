import { parseJson } from '../aws/call.ts';
import { canonicalUrl, signedHeaders } from '../aws/sigV4.ts';
import { WalletAuthError } from '../errors.ts';
import { PUBLIC_ROUTES } from '../generated.ts';
import type { Clock } from '../session/clock.ts';
import type { SessionKeeper } from '../session/keeper.ts';
import type {
  ApiRequestInit,
  Authorization,
  AwsCredentials,
  WalletAuthConfig,
  WalletAuthOptions,
} from '../types.ts';
import { untilAborted } from '../untilAborted.ts';
import { retryAfterSeconds } from './apiErrors.ts';
import { authorizationOf } from './routes.ts';

const LONGEST_WAIT_SECONDS = 10;

export interface ApiDeps {
  config: WalletAuthConfig;
  fetch: NonNullable<WalletAuthOptions['fetch']>;
  sleep: NonNullable<WalletAuthOptions['sleep']>;
  clock: Clock;
  keeper: SessionKeeper;
  credentials(): Promise<AwsCredentials>;
}

interface Call {
  url: URL;
  init: RequestInit;
  authorization: Authorization;
}

/** Each reason to ask again counts once: the API said when, the token was old, the clock was wrong. */
export function createApiFetch(deps: ApiDeps) {
  const { keeper, clock } = deps;

  async function authorize({ url, init, authorization }: Call): Promise<Record<string, string>> {
    if (authorization === 'none') return {};
    if (authorization === 'user-pool') {
      return { authorization: `Bearer ${(await keeper.signedIn()).idToken}` };
    }
    const { region } = deps.config;
    const { method = 'GET', body } = init;
    const credentials = await deps.credentials();
    const signed = { method, url, body: bodyText(body), region, service: 'execute-api' };
    return signedHeaders({ ...signed, credentials, now: clock.now() });
  }

  async function send(call: Call): Promise<Response> {
    const { signal } = call.init;
    const headers = new Headers(call.init.headers);
    const given = await untilAborted(authorize(call), signal);
    for (const [name, value] of Object.entries(given)) headers.set(name, value);
    return deps
      .fetch(call.url.href, { ...call.init, headers, redirect: 'error' })
      .catch((cause: unknown) => {
        throw new WalletAuthError(signal?.aborted ? 'cancelled' : 'unreachable', { cause });
      });
  }

  /** Whether to ask once more, after what it takes. */
  async function isWorthAnother(response: Response, call: Call, tried: Set<number>) {
    const { status } = response;
    if (tried.has(status)) return false;
    tried.add(status);
    if (status === 401 && call.authorization === 'user-pool')
      return keeper.refresh().then(
        () => true,
        () => false,
      );
    if (status === 403 && call.authorization === 'iam') return noteServerTime(response, clock);
    const seconds = retryAfterSeconds(response);
    if ((status !== 429 && status !== 503) || seconds === null || seconds > LONGEST_WAIT_SECONDS)
      return false;
    await untilAborted(deps.sleep(seconds * 1000), call.init.signal);
    return true;
  }

  return async (path: string, { authorization, ...init }: ApiRequestInit = {}) => {
    const call = toCall(deps.config, path, init, authorization);
    const tried = new Set<number>();
    for (;;) {
      const response = await send(call);
      if (response.ok || !(await isWorthAnother(response, call, tried))) return response;
    }
  };
}

/** Nothing is signed for, and no token is sent to, another place than the API. */
function toCall(
  config: WalletAuthConfig,
  path: string,
  init: RequestInit,
  authorization: Authorization | undefined,
): Call {
  const base = new URL(config.apiEndpoint).href.replace(/\/*$/, '/');
  const url = canonicalUrl(new URL(path.replace(/^\/+/, ''), base));
  const route = url.href.slice(base.length - 1);
  const isInApi = url.href.startsWith(base);
  const found = isInApi && (authorization ?? authorizationOf(route.replace(/\?.*/, '')));
  if (!found) throw new WalletAuthError('unknown_route');
  const { publicUrl } = config;
  if (publicUrl && !authorization && PUBLIC_ROUTES.test(route))
    return { url: new URL(publicUrl.replace(/\/*$/, '') + route), init, authorization: 'none' };
  return { url, init, authorization: found };
}

function bodyText(body: RequestInit['body']): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  throw new WalletAuthError('invalid_argument'); // only a text can be signed
}

/** "Signature expired: 20260131T… is now earlier than … (20260131T235959Z - 5 min.)" */
async function noteServerTime(response: Response, clock: Clock): Promise<boolean> {
  const body = parseJson(await response.clone().text()) as { message?: unknown } | null;
  const [, time] = /^Signature .*\((\w+) [+-] /.exec(String(body?.message)) ?? [];
  if (!time) return false;
  clock.note(Date.parse(time.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:')));
  return true;
}
