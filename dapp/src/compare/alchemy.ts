import { asCount, asList, asRecord, asText, asWords, type JsonRecord } from '../json.ts';
import type { MediaSource } from '../nft/sortMedia.ts';
import { type NftPage, toNft, UnreadablePageError } from './nft.ts';
import { rawMedia } from './rawMedia.ts';
import { readTokenDocument, type TokenDocument } from './tokenDocument.ts';

/**
 * Alchemy NFT API v3, getNFTsForOwner (`ownedNfts`) and getNFTsForContract (`nfts`).
 * https://www.alchemy.com/docs/reference/nft-api-quickstart
 * @throws UnreadablePageError
 */
export function parseAlchemyPage(body: unknown): NftPage {
  const page = asRecord(body);
  const items = asList(page?.ownedNfts) ?? asList(page?.nfts);
  if (!page || !items) throw new UnreadablePageError('no list of NFTs');
  return {
    nfts: items.map(asRecord).flatMap(parseItem),
    cursor: asText(page.pageKey),
    totalCount: asCount(page.totalCount),
  };
}

/** Empty for what has no contract address or token id: it cannot be told from another. */
function parseItem(item: JsonRecord | null) {
  const contract = asRecord(item?.contract);
  const contractAddress = asText(contract?.address) ?? asText(item?.contractAddress);
  const tokenId = asText(item?.tokenId);
  if (!item || contractAddress === null || tokenId === null) return [];
  const openSea = asRecord(contract?.openSeaMetadata);
  const raw = asRecord(item.raw);
  const own = readTokenDocument(raw?.metadata, raw?.tokenUri);
  return toNft({
    contractAddress,
    tokenId,
    tokenType: asText(item.tokenType) ?? asText(contract?.tokenType),
    name: asWords(item.name) ?? own.name,
    collectionName:
      asText(contract?.name) ??
      asText(asRecord(item.collection)?.name) ??
      asText(openSea?.collectionName),
    description: asWords(item.description) ?? own.description,
    balance: asWords(item.balance),
    ...media(item, own, tokenId),
    isSpam: contract?.isSpam === true || item.isSpam === true,
  });
}

function media(item: JsonRecord, own: TokenDocument, tokenId: string) {
  const image = asRecord(item.image);
  const animation = asRecord(item.animation);
  const contentType = asText(image?.contentType);
  const images: MediaSource[] = [
    { uri: asText(image?.thumbnailUrl) },
    { uri: asText(image?.cachedUrl), contentType },
    { uri: asText(image?.pngUrl) },
    { uri: asText(image?.originalUrl), contentType },
    { uri: own.image },
  ];
  const moving = asText(animation?.contentType);
  return rawMedia(
    images,
    [
      { uri: asText(animation?.cachedUrl), contentType: moving },
      { uri: asText(animation?.originalUrl), contentType: moving },
      { uri: own.animation },
    ],
    tokenId,
  );
}
