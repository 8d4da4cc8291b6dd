import { type Address, isAddress } from '../ethereum/address.ts';
import { chainCalled, chainExploredAt } from '../ethereum/chains.ts';
import { parseHash } from '../routing/routes.ts';
import { checked, contractReading, type Reading } from './reading.ts';

/** Sites whose paths name a chain, or mean Ethereum; their subdomains too. */
const MARKETS = [
  'opensea.io',
  'blur.io',
  'rarible.com',
  'zora.co',
  'looksrare.org',
  'x2y2.io',
  'magiceden.io',
  'magiceden.us',
  'foundation.app',
];
/** A block explorer by its name; what nftscan.com shows are markets. */
const EXPLORER = /(?<!nft)scan\.[a-z]+$|explorer|\.blockscout\.com$/;
const OF_A_CONTRACT = new Set(
  'asset assets collect collection collections coin contract instance item item-details items mint nft nfts token tokens'.split(
    ' ',
  ),
);
const OF_A_WALLET = new Set('account accounts address profile u user users wallet'.split(' '));
const LANGUAGE = /^[a-z]{2}(?:-[a-z]{2,4})?$/i;
const TOKEN_ID = /^\d{1,78}$/;
const NAME = /^(?:[^\s.]+\.)+[a-z]{2,}$/iu;
const HASH = /^0x[0-9a-f]{64}$/i;
/** Shows the site of a name: https://eth.limo */
const ENS_GATEWAY = /^(.+\.eth)\.(?:limo|link|ac)$/;
/** On the path before a collection's own name. */
const COLLECTIONS = /^collections?$/;

interface Link {
  url: URL;
  host: string;
  /** Of the path, without what only separates. */
  parts: string[];
}

/** Reads what sites have in common, so that a path that is new tomorrow is read too. */
export function readLink(text: string): Reading {
  if (!URL.canParse(text)) return { is: 'words', text };
  const url = new URL(text);
  const own = readOwnHash(url.hash);
  if (own) return own;
  const host = url.hostname.replace(/^(?:www|m)\./, '');
  const gateway = ENS_GATEWAY.exec(host)?.[1];
  if (gateway) return { is: 'page', route: { page: 'owner', owner: gateway } };
  const parts = url.pathname.split(/[/:]/).map(decoded).filter(Boolean);
  const link = { url, host, parts };
  const address = parts.find(isAddress);
  return address ? readAddress(link, address) : readWithoutAddress(link);
}

function readAddress({ url, host, parts }: Link, address: Address): Reading {
  const explored = chainExploredAt(host);
  if (!explored && EXPLORER.test(host)) return { is: 'unserved', chain: host };
  const at = parts.indexOf(address);
  const before = parts.slice(0, at).map((part) => part.toLowerCase());
  const isWallet = before.some((part) => OF_A_WALLET.has(part));
  const isContract = before.some((part) => OF_A_CONTRACT.has(part));
  const named = explored ?? before.map(chainCalled).find(Boolean) ?? null;
  if (isMarket(host)) {
    const unknown = named ? undefined : before.find(isForeignWord);
    if (unknown) return { is: 'unserved', chain: unknown };
    if (!isContract) return ownerReading(address);
    return contractReading(address, named ?? { chainId: 1 }, tokenIdOf(parts.slice(at + 1)), '');
  }
  const tokenId = tokenIdOf(parts.slice(at + 1)) ?? tokenIdOf([url.searchParams.get('a') ?? '']);
  if (named && isContract && !isWallet) return contractReading(address, named, tokenId, '');
  const chainId = named?.chainId ?? null;
  return checked(address, (known) => ({ is: 'address', address: known, chainId }));
}

function readWithoutAddress({ url, host, parts }: Link): Reading {
  if (parts.some((part) => HASH.test(part))) return { is: 'hash' };
  const names = [...parts, url.searchParams.get('id') ?? ''].map((part) => part.replace(/^@/, ''));
  const name = names.find((part) => NAME.test(part));
  if (name) return { is: 'page', route: { page: 'owner', owner: name } };
  const at = parts.findIndex((part) => COLLECTIONS.test(part.toLowerCase()));
  const slug = parts.slice(at + 1).find((part) => !chainCalled(part));
  const shown = { url: url.href.replace(/^http:/, 'https:'), host };
  if (at >= 0 && slug) return { is: 'slug', slug, ...shown };
  if (isMarket(host) && parts.length === 1) return { is: 'profile', ...shown };
  return { is: 'link', host };
}

function ownerReading(address: Address): Reading {
  return checked(address, (owner) => ({ is: 'page', route: { page: 'owner', owner } }));
}

/** Right after the address, or one word later: `/token/0x…/instance/7`. */
function tokenIdOf([first = '', second = '']: readonly string[]): string | undefined {
  const text = OF_A_CONTRACT.has(first) ? second : first;
  return TOKEN_ID.test(text) ? text : undefined;
}

function isForeignWord(part: string): boolean {
  return !OF_A_CONTRACT.has(part) && !OF_A_WALLET.has(part) && !LANGUAGE.test(part);
}

function isMarket(host: string): boolean {
  return MARKETS.some((site) => host === site || host.endsWith(`.${site}`));
}

/** A host that people type by itself, which is no name of a wallet. */
export function isSite(host: string): boolean {
  return isMarket(host) || chainExploredAt(host) !== null || ENS_GATEWAY.test(host);
}

/** Of a link to this page, wherever it is served. */
export function readOwnHash(hash: string): Reading | null {
  if (!hash.startsWith('#/')) return null;
  const route = parseHash(hash);
  return route.page === 'unknown' ? null : { is: 'page', route };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
