import type { WalletAuthError } from 'nft-gallery-client';
import type { Api } from '../auth/cloud.ts';
import { codeOf } from '../auth/errors.ts';
import { readJson } from '../json.ts';
import { parseAlchemyPage } from './alchemy.ts';
import { NftError } from './errors.ts';
import { parseMoralisPage } from './moralis.ts';
import { type NftPage, UnreadablePageError } from './nft.ts';

export type Provider = 'alchemy' | 'moralis';
export type Integration = 'http' | 'lambda';

/** What a list shows: a contract's tokens for anyone, or the signed-in wallet's own. */
export type NftQuery =
  | { kind: 'collection'; contractAddress: string }
  | { kind: 'own'; provider: Provider; integration: Integration };

interface Route {
  path: string;
  cursorParameter: string;
  parse(body: unknown): NftPage;
}

const COLLECTION_ROUTE: Route = {
  path: 'getNFTsCollectionAlchemy',
  cursorParameter: 'pageKey',
  parse: parseAlchemyPage,
};

const ALCHEMY = {
  cursorParameter: 'pageKey',
  parse: parseAlchemyPage,
} as const;
const MORALIS = {
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
): Promise<NftPage> {
  const isOwn = query.kind === 'own';
  const route = isOwn ? OWN_ROUTES[query.provider][query.integration] : COLLECTION_ROUTE;
  const parameters = {
    ...(!isOwn && { contractAddress: query.contractAddress }),
    ...(cursor !== null && { [route.cursorParameter]: cursor }),
  };
  const body = await api.get(route.path, parameters, signal).catch((error: unknown) => {
    throw toNftError(error);
  });
  return parsePage(route, body);
}

function parsePage(route: Route, body: string): NftPage {
  try {
    return route.parse(readJson(body));
  } catch (error) {
    if (error instanceof UnreadablePageError) throw new NftError('unreadable');
    throw error;
  }
}

/** The session of these errors is over; the API's own code for that is `unauthorized`. */
const OVER: ReadonlySet<string> = new Set(['not_signed_in', 'session_ended', 'session_reused']);

export function toNftError(error: unknown): NftError {
  const code = codeOf(error);
  if (code === null) return new NftError('unreachable');
  const { requestId, retryAfterSeconds } = error as WalletAuthError;
  const wait = retryAfterSeconds && retryAfterSeconds <= 3600 ? retryAfterSeconds : null;
  return new NftError(OVER.has(code) ? 'unauthorized' : code, requestId, wait);
}
