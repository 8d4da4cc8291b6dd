/**
 * Turns the addresses found in NFT metadata into ones an <img> or <video> may load, as
 * backend/ethereum/shown_url.py does: https, a gateway's https form of ipfs: and ar:, or a data:
 * image. tests/fixtures/token_documents.json holds both to one reading. Each form gives several
 * candidates, best first, for the next one to be tried when one fails.
 */

import { dataImage } from './dataImage.ts';
import { ipfsPath, safePath } from './ipfsPath.ts';
import { IPFS_GATEWAYS } from './knownHosts.ts';

const ARWEAVE_GATEWAY = 'https://arweave.net/';
const ARWEAVE_TRANSACTION = /^[A-Za-z0-9_-]{43}$/;
// Shut down on 2024-08-14; addresses in old metadata still name them.
const DEAD_HOSTS = new Set([
  'cloudflare-ipfs.com',
  'cf-ipfs.com',
  'ipfs.infura.io',
  'ipfs.moralis.io',
]);
// What parsers disagree on: control characters, which URL drops, and backslashes, which it turns.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const AMBIGUOUS = /[\\\u0000-\u001f\u007f-\u009f]/;
// JSON can hold one, which no encoding takes.
const HALF_CHARACTER = /\p{Cs}/gu;

/** `tokenId` is decimal, and fills `{id}` of ERC-1155 addresses. */
export function mediaUrls(source: string | null, tokenId: string): string[] {
  const text = (source ?? '').replace(HALF_CHARACTER, '\ufffd').trim();
  const inline = dataImage(text);
  if (inline !== null || /^data:/i.test(text)) return inline === null ? [] : [inline];
  const uri = fillTokenId(text, tokenId);
  const path = ipfsPath(uri);
  // The gateway that a token names comes last: it may be gone, or a stranger's own host.
  if (path !== null)
    return [...IPFS_GATEWAYS.map((base) => base + path), ...webUrl(uri.replace('#', '%23'))];
  const arweave = /^ar:(?:\/\/)?(.*)$/is.exec(uri)?.[1];
  if (arweave === undefined) return webUrl(uri);
  const transaction = safePath(arweave, ARWEAVE_TRANSACTION);
  return transaction === null ? [] : [ARWEAVE_GATEWAY + transaction];
}

function webUrl(uri: string): string[] {
  if (!/^https:\/\/[^/?#@]+(?:[/?#]|$)/i.test(uri) || AMBIGUOUS.test(uri) || !URL.canParse(uri))
    return [];
  const { href, hostname } = new URL(uri);
  return isHostName(hostname) && !DEAD_HOSTS.has(hostname) ? [href] : [];
}

/** A name with a dot; no address, which URL writes as four numbers or in brackets. */
function isHostName(hostname: string): boolean {
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.(?!\d+\.?$)[a-z0-9_-]+\.?$/.test(hostname);
}

/** https://eips.ethereum.org/EIPS/eip-1155#metadata: 64 lower-case hex digits, no 0x. */
function fillTokenId(uri: string, tokenId: string): string {
  if (!/^\d+$/.test(tokenId)) return uri;
  return uri.replace(/\{id\}|%7[Bb]id%7[Dd]/g, () =>
    BigInt(tokenId).toString(16).padStart(64, '0'),
  );
}
