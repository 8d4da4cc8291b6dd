import type { Api, ApiAnswer, ApiAuthorization } from '../auth/cloud.ts';
import { asRecord, asText, parseJson, readJson } from '../json.ts';
import { parseAlchemyPage } from './alchemy.ts';
import { NftError } from './errors.ts';
import { parseMoralisPage } from './moralis.ts';
import { type NftPage, type ParseOptions, UnreadablePageError } from './nft.ts';

export type Provider = 'alchemy' | 'moralis';
export type Integration = 'http' | 'lambda';

/** What a list shows: a contract's tokens for anyone, or the signed-in wallet's own. */
export type NftQuery =
  | { kind: 'collection'; contractAddress: string }
  | { kind: 'own'; provider: Provider; integration: Integration };

interface Route {
  path: string;
  authorization: ApiAuthorization;
  cursorParameter: string;
  parse(body: unknown, options: ParseOptions): NftPage;
}

const COLLECTION_ROUTE: Route = {
  path: 'getNFTsCollectionAlchemy',
  authorization: 'iam',
  cursorParameter: 'pageKey',
  parse: parseAlchemyPage,
};

const ALCHEMY = {
  authorization: 'user-pool',
  cursorParameter: 'pageKey',
  parse: parseAlchemyPage,
} as const;
const MORALIS = {
  authorization: 'user-pool',
  cursorParameter: 'cursor',
  parse: parseMoralisPage,
} as const;

/** Whose NFTs is never said: the API takes the wallet from the token. */
const OWN_ROUTES: Record<Provider, Record<Integration, Route>> = {
  alchemy: {
    http: { ...ALCHEMY, path: 'getNFTsAlchemy' },
    lambda: { ...ALCHEMY, path: 'getNFTsAlchemyLambda' },
  },
  moralis: {
    http: { ...MORALIS, path: 'getNFTsMoralis' },
    lambda: { ...MORALIS, path: 'getNFTsMoralisLambda' },
  },
};

/** One page; `cursor` is the one of the page before, null for the first. @throws NftError */
export async function fetchNftPage(
  api: Api,
  query: NftQuery,
  cursor: string | null,
  signal: AbortSignal,
  options: ParseOptions,
): Promise<NftPage> {
  const isOwn = query.kind === 'own';
  const route = isOwn ? OWN_ROUTES[query.provider][query.integration] : COLLECTION_ROUTE;
  const parameters = {
    ...(!isOwn && { contractAddress: query.contractAddress }),
    ...(cursor !== null && { [route.cursorParameter]: cursor }),
  };
  const answer = await api
    .get(route.path, parameters, route.authorization, signal)
    .catch(() => Promise.reject(new NftError('unreachable')));
  if (answer.status !== 200) throw toNftError(answer);
  return parsePage(route, answer.body, options);
}

function parsePage(route: Route, body: string, options: ParseOptions): NftPage {
  try {
    return route.parse(readJson(body), options);
  } catch (error) {
    if (error instanceof UnreadablePageError) throw new NftError('unreadable');
    throw error;
  }
}

/** Our own shape first; API Gateway and IAM have theirs (`message`, `Message`). */
export function toNftError({ status, headers, body }: ApiAnswer): NftError {
  const record = asRecord(parseJson(body));
  const error = asRecord(record?.error);
  const code = asText(error?.code);
  const requestId = asText(error?.requestId);
  const retryAfter = Number.parseInt(headers['retry-after'] ?? '', 10);
  const wait = retryAfter > 0 && retryAfter <= 3600 ? retryAfter : null;
  return new NftError(code ?? codeOfStatus(status, asText(record?.message)), requestId, wait);
}

function codeOfStatus(status: number, message: string | null): string {
  if (status === 401 || /expired/i.test(message ?? '')) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'rate_limited';
  if (status === 404) return 'not_found';
  if (status === 504) return 'upstream_timeout';
  return status >= 500 ? 'upstream_unavailable' : 'bad_request';
}
