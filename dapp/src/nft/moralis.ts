import { asCount, asList, asRecord, asText, type JsonRecord, parseJson } from '../json.ts';
import { type MediaSource, sortMedia } from './media.ts';
import type { MediaContext } from './mediaUrl.ts';
import {
  DEFAULT_PARSE_OPTIONS,
  type NftPage,
  type ParseOptions,
  toNft,
  UnreadablePageError,
} from './nft.ts';

/**
 * Moralis v2.2, GET /{address}/nft. `total` is null since 2023 and the last cursor may be "".
 * https://docs.moralis.com/web3-data-api/evm/reference/get-wallet-nfts
 * @throws UnreadablePageError
 */
export function parseMoralisPage(body: unknown, options = DEFAULT_PARSE_OPTIONS): NftPage {
  const page = asRecord(body);
  const items = asList(page?.result);
  if (!page || !items) throw new UnreadablePageError('no list of NFTs');
  return {
    nfts: items.map(asRecord).flatMap((item) => parseItem(item, options)),
    cursor: asText(page.cursor),
    totalCount: asCount(page.total),
  };
}

function parseItem(item: JsonRecord | null, options: ParseOptions) {
  const contractAddress = asText(item?.token_address);
  const tokenId = asText(item?.token_id);
  if (!item || contractAddress === null || tokenId === null) return [];
  const metadata = readMetadata(item);
  return toNft({
    contractAddress,
    tokenId,
    tokenType: asText(item.contract_type),
    name: asText(metadata.name),
    collectionName: asText(item.name),
    description: asText(metadata.description),
    balance: asText(item.amount),
    ...media(item, metadata, { ipfsGateways: options.ipfsGateways, tokenId }),
    isSpam: item.possible_spam === true || item.possible_spam === 'true',
  });
}

/** `metadata` is a JSON text, at times twice encoded or no JSON; `normalized_metadata` goes first. */
function readMetadata(item: JsonRecord): JsonRecord {
  const once = typeof item.metadata === 'string' ? parseJson(item.metadata) : item.metadata;
  const parsed = asRecord(typeof once === 'string' ? parseJson(once) : once);
  const normalized = asRecord(item.normalized_metadata);
  return { ...parsed, ...withoutNulls(normalized) };
}

function withoutNulls(record: JsonRecord | null): JsonRecord {
  return Object.fromEntries(Object.entries(record ?? {}).filter(([, value]) => value !== null));
}

function media(item: JsonRecord, metadata: JsonRecord, context: MediaContext) {
  const media = asRecord(item.media);
  const previews = asRecord(media?.media_collection);
  const preview = (size: string) => asText(asRecord(previews?.[size])?.url);
  const images: MediaSource[] = [
    { uri: preview('medium') },
    { uri: preview('high') },
    { uri: asText(media?.original_media_url), contentType: asText(media?.mimetype) },
    { uri: asText(metadata.image) ?? asText(metadata.image_url) ?? asText(metadata.image_data) },
  ];
  return sortMedia(images, [{ uri: asText(metadata.animation_url) }], context);
}
