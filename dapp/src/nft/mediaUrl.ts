/**
 * Turns the addresses found in NFT metadata into ones an <img> or <video> may load: https and
 * data:image only. Each form gives several candidates, best first, for the next one to be tried
 * when one fails.
 */

export const DEFAULT_IPFS_GATEWAYS = ['https://ipfs.io/ipfs/', 'https://dweb.link/ipfs/'] as const;
const ARWEAVE_GATEWAY = 'https://arweave.net/';
// Shut down on 2024-08-14; addresses in old metadata still name them.
const DEAD_HOSTS = new Set([
  'cloudflare-ipfs.com',
  'cf-ipfs.com',
  'ipfs.infura.io',
  'ipfs.moralis.io',
]);
const CID = /^(Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{58,})(\/.*)?$/;
const DATA_IMAGE = /^data:image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)[;,]/i;

export interface MediaContext {
  ipfsGateways: readonly string[];
  /** Decimal; fills `{id}` of ERC-1155 addresses. */
  tokenId: string;
}

export function mediaUrls(source: string | null, context: MediaContext): string[] {
  const uri = fillTokenId((source ?? '').trim(), context.tokenId);
  if (uri.startsWith('data:')) return DATA_IMAGE.test(uri) ? [readableData(uri)] : [];
  if (/^<svg[\s>]/i.test(uri)) return [`data:image/svg+xml,${encodeURIComponent(uri)}`];
  const path = ipfsPath(uri);
  if (path !== null) return [...liveHttps(uri), ...context.ipfsGateways.map((base) => base + path)];
  const ipnsPath = /^ipns:\/\/(.+)$/i.exec(uri)?.[1];
  if (ipnsPath) return context.ipfsGateways.map((base) => toIpns(base) + ipnsPath);
  const arweave = /^ar:\/\/(.+)$/i.exec(uri)?.[1];
  return arweave ? [ARWEAVE_GATEWAY + arweave] : liveHttps(uri);
}

/** `CID/path` of ipfs://[ipfs/]CID/path, CID, https://host/ipfs/CID, https://CID.ipfs.host; else null. */
function ipfsPath(uri: string): string | null {
  const named = /^ipfs:\/\/(?:ipfs\/)?(.+)$/i.exec(uri)?.[1];
  if (named) return named;
  if (CID.test(uri)) return uri;
  const hosted = /^https?:\/\/[^/]+\/ipfs\/(.+)$/i.exec(uri)?.[1];
  if (hosted && CID.test(hosted)) return hosted;
  const [, cid, path = ''] = /^https?:\/\/([a-z2-7]+)\.ipfs\.[^/]+(\/.*)?$/i.exec(uri) ?? [];
  return cid && CID.test(cid) ? cid + path : null;
}

function toIpns(ipfsGateway: string): string {
  return ipfsGateway.replace(/\/ipfs\/$/, '/ipns/');
}

function liveHttps(uri: string): string[] {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (!url || !/^https?:$/.test(url.protocol) || DEAD_HOSTS.has(url.hostname)) return [];
  if (url.username || url.password) return [];
  url.protocol = 'https:';
  return [url.href];
}

/** https://eips.ethereum.org/EIPS/eip-1155#metadata: 64 lower-case hex digits, no 0x. */
function fillTokenId(uri: string, tokenId: string): string {
  if (!uri.includes('{id}') || !/^\d+$/.test(tokenId)) return uri;
  return uri.replaceAll('{id}', BigInt(tokenId).toString(16).padStart(64, '0'));
}

/** On-chain SVG often holds a bare `#`, which would end the address there. */
function readableData(uri: string): string {
  return /^[^,]*;base64,/i.test(uri) ? uri : uri.replaceAll('#', '%23');
}
