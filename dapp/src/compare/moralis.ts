import { asCount, asList, asRecord, asText, asWords, type JsonRecord } from '../json.ts';
import type { MediaSource } from '../nft/sortMedia.ts';
import { type NftPage, toNft, UnreadablePageError } from './nft.ts';
import { rawMedia } from './rawMedia.ts';
import { readTokenDocument, type TokenDocument } from './tokenDocument.ts';

/**
 * Moralis v2.2, GET /{address}/nft. `total` is null since 2023 and the last cursor may be "".
 * https://docs.moralis.com/web3-data-api/evm/reference/get-wallet-nfts
 * @throws UnreadablePageError
 */
export function parseMoralisPage(body: unknown): NftPage {
  const page = asRecord(body);
  const items = asList(page?.result);
  if (!page || !items) throw new UnreadablePageError('no list of NFTs');
  return {
    nfts: items.map(asRecord).flatMap(parseItem),
    cursor: asText(page.cursor),
    totalCount: asCount(page.total),
  };
}

function parseItem(item: JsonRecord | null) {
  const contractAddress = asText(item?.token_address);
  const tokenId = asText(item?.token_id);
  if (!item || contractAddress === null || tokenId === null) return [];
  const own = readOwn(item);
  return toNft({
    contractAddress,
    tokenId,
    tokenType: asText(item.contract_type),
    name: own.name,
    collectionName: asText(item.name),
    description: own.description,
    balance: asWords(item.amount),
    ...media(item, own, tokenId),
    isSpam: item.possible_spam === true || item.possible_spam === 'true',
  });
}

/** Moralis's own reading goes first, and the document fills its gaps. */
function readOwn(item: JsonRecord): TokenDocument {
  const normalized = readTokenDocument(item.normalized_metadata, null);
  const written = readTokenDocument(item.metadata, item.token_uri);
  return {
    name: normalized.name ?? written.name,
    description: normalized.description ?? written.description,
    image: normalized.image ?? written.image,
    animation: normalized.animation ?? written.animation,
  };
}

function media(item: JsonRecord, own: TokenDocument, tokenId: string) {
  const media = asRecord(item.media);
  const previews = asRecord(media?.media_collection);
  const preview = (size: string) => asText(asRecord(previews?.[size])?.url);
  const images: MediaSource[] = [
    { uri: preview('medium') },
    { uri: preview('high') },
    { uri: asText(media?.original_media_url), contentType: asText(media?.mimetype) },
    { uri: own.image },
  ];
  return rawMedia(images, [{ uri: own.animation }], tokenId);
}
