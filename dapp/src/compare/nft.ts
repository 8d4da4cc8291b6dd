import { displayText } from '../displayText.ts';
import type { MovingKind } from '../nft/sortMedia.ts';
import { isLure } from '../nft/spam.ts';

export type TokenType = 'ERC721' | 'ERC1155' | 'UNKNOWN';

/** One row, whatever provider it came from. Texts are ready for display, addresses are safe to load. */
export interface Nft {
  /** Unique within a list: contract address and token id. */
  key: string;
  contractAddress: string;
  /** Decimal. Up to 78 digits: never a number. */
  tokenId: string;
  tokenType: TokenType;
  title: string;
  collectionName: string | null;
  description: string | null;
  /** Decimal; null where it says nothing: absent, 1, or an ERC-721 (spam contracts claim more). */
  balance: string | null;
  /** Best first; the next is tried when one fails. None of spam, which is never fetched. */
  images: readonly string[];
  /** What moves or sounds, if the token has it; only video is played. */
  animation: { kind: MovingKind; urls: readonly string[] } | null;
  isLikelySpam: boolean;
}

export interface NftPage {
  nfts: Nft[];
  /** Opaque; null is the only end. */
  cursor: string | null;
  totalCount: number | null;
}

/** What an answer says of one token, before it is made fit for display. */
export interface RawNft {
  contractAddress: string;
  tokenId: string;
  tokenType: string | null;
  name: string | null;
  collectionName: string | null;
  description: string | null;
  balance: string | null;
  images: readonly string[];
  animation: Nft['animation'];
  isSpam: boolean;
}

/** The answer is not of the provider's shape. */
export class UnreadablePageError extends Error {
  override name = 'UnreadablePageError';
}

export function toNft(raw: RawNft): Nft {
  const collectionName = displayText(raw.collectionName, 60);
  const name = displayText(raw.name, 80);
  const description = displayText(raw.description, 240);
  const tokenType = toTokenType(raw.tokenType);
  const isLikelySpam = raw.isSpam || isLure(`${name} ${collectionName}`, description ?? '');
  return {
    key: `${raw.contractAddress.toLowerCase()}:${raw.tokenId}`,
    contractAddress: raw.contractAddress,
    tokenId: raw.tokenId,
    tokenType,
    title: name ?? `${collectionName ?? 'Unnamed'} #${shortTokenId(raw.tokenId)}`,
    collectionName,
    description,
    balance: tokenType === 'ERC721' ? null : countAboveOne(raw.balance),
    images: isLikelySpam ? [] : [...new Set(raw.images)],
    animation: isLikelySpam ? null : raw.animation,
    isLikelySpam,
  };
}

function toTokenType(text: string | null): TokenType {
  const type = (text ?? '').toUpperCase();
  return type === 'ERC721' || type === 'ERC1155' ? type : 'UNKNOWN';
}

function countAboveOne(balance: string | null): string | null {
  return balance !== null && /^\d+$/.test(balance) && balance !== '1' ? balance : null;
}

/** Shortens ids of more than twelve digits: `506590…4336`. */
export function shortTokenId(tokenId: string): string {
  return tokenId.length <= 12 ? tokenId : `${tokenId.slice(0, 6)}…${tokenId.slice(-4)}`;
}
