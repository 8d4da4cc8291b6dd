import { WalletAuthError } from 'nft-gallery-client';
import type { Api } from '../auth/cloud.ts';
import { readJson } from '../json.ts';
import { parseAlchemyPage } from './alchemy.ts';
import { parseMoralisPage } from './moralis.ts';
import { type NftPage, UnreadablePageError } from './nft.ts';

export type Provider = 'alchemy' | 'moralis';
export type Integration = 'http' | 'lambda';

/** One of the routes that hand a provider's own answer through. */
export interface RawRoute {
  path: string;
  provider: Provider;
  integration: Integration;
}

/** What a list shows: a contract's tokens for anyone, or the signed-in wallet's own. */
export type RawQuery = { route: RawRoute; contractAddress?: string };

/** One page, and what it cost. */
export interface RawPage extends Omit<NftPage, 'cursor'> {
  /** Opaque; null is the only end. */
  nextCursor: string | null;
  /** From asking to the last byte, with the way through the network. */
  milliseconds: number;
  /** Of the answer, without its headers. */
  bytes: number;
}

export const COLLECTION_ROUTE: RawRoute = {
  path: 'getNFTsCollectionAlchemy',
  provider: 'alchemy',
  integration: 'http',
};

/** Whose NFTs is never said: the API takes the wallet from the token. */
export const OWN_ROUTES: readonly RawRoute[] = [
  { path: 'getNFTsAlchemy', provider: 'alchemy', integration: 'http' },
  { path: 'getNFTsAlchemyLambda', provider: 'alchemy', integration: 'lambda' },
  { path: 'getNFTsMoralis', provider: 'moralis', integration: 'http' },
  { path: 'getNFTsMoralisLambda', provider: 'moralis', integration: 'lambda' },
];

const DIALECTS = {
  alchemy: { cursorParameter: 'pageKey', parse: parseAlchemyPage },
  moralis: { cursorParameter: 'cursor', parse: parseMoralisPage },
} as const;

/** `cursor` is the one of the page before. `now` in milliseconds. @throws WalletAuthError */
export async function fetchRawPage(
  api: Api,
  { route, contractAddress }: RawQuery,
  cursor: string | undefined,
  { signal, now }: { signal: AbortSignal; now(): number },
): Promise<RawPage> {
  const { cursorParameter, parse } = DIALECTS[route.provider];
  const parameters = {
    ...(contractAddress !== undefined && { contractAddress }),
    ...(cursor !== undefined && { [cursorParameter]: cursor }),
  };
  const startedAt = now();
  const body = await api.get(route.path, parameters, signal);
  const milliseconds = now() - startedAt;
  const { cursor: nextCursor, ...page } = readPage(parse, body);
  return { ...page, nextCursor, milliseconds, bytes: new TextEncoder().encode(body).length };
}

function readPage(parse: (body: unknown) => NftPage, body: string): NftPage {
  try {
    return parse(readJson(body));
  } catch (cause) {
    if (!(cause instanceof UnreadablePageError)) throw cause;
    throw new WalletAuthError('unreadable_response', { cause });
  }
}
