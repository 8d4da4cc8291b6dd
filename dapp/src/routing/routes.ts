import type { Address } from '../ethereum/address.ts';
import { isAddress } from '../ethereum/address.ts';

/** What the hash of the page's address names. `options` are a page's filters, shareable with it. */
export type Route = (
  | { page: 'home' }
  | { page: 'me' }
  | { page: 'owner'; owner: string }
  | { page: 'collection'; chainId: number; contract: Address }
  | { page: 'token'; chainId: number; contract: Address; tokenId: string }
  /** What somebody pasted that no page is decided for. */
  | { page: 'find'; text: string }
  | { page: 'compare' }
  | { page: 'session' }
  | { page: 'unknown'; text: string }
) & { options?: RouteOptions };

export type RouteOptions = Readonly<Record<string, string>>;

export const HOME: Route = { page: 'home' };

/** `#/c/1/0xBC4C…?sort=name`. A hash works under any path: CloudFront's root, `/ipfs/CID/`. */
export function toHash(route: Route): string {
  const options = new URLSearchParams(route.options).toString();
  return `#/${segmentsOf(route).map(encodeURIComponent).join('/')}${options && `?${options}`}`;
}

function segmentsOf(route: Route): string[] {
  switch (route.page) {
    case 'home':
      return [];
    case 'owner':
      return ['w', route.owner];
    case 'collection':
      return ['c', `${route.chainId}`, route.contract];
    case 'token':
      return ['t', `${route.chainId}`, route.contract, route.tokenId];
    case 'find':
      return ['find', route.text];
    case 'unknown':
      return route.text.split('/');
    default:
      return [route.page];
  }
}

/** Never throws: what names no page is `unknown`, with its text. */
export function parseHash(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const options = Object.fromEntries(new URLSearchParams(search));
  const route = readSegments(path.replace(/\/$/, '').split('/').map(decoded));
  const found = route ?? { page: 'unknown' as const, text: path };
  return Object.keys(options).length > 0 ? { ...found, options } : found;
}

function readSegments([first = '', ...rest]: string[]): Route | null {
  if (rest.length === 0 && isPlainPage(first)) return { page: first };
  if (rest.length === 0 && first === '') return HOME;
  const [one = '', contract = '', tokenId = ''] = rest;
  if (first === 'w' && rest.length === 1 && one !== '') return { page: 'owner', owner: one };
  if (first === 'find' && rest.length === 1 && one !== '') return { page: 'find', text: one };
  const chainId = /^[1-9]\d{0,14}$/.test(one) ? Number(one) : null;
  if (chainId === null || !isAddress(contract)) return null;
  if (first === 'c' && rest.length === 2) return { page: 'collection', chainId, contract };
  if (first !== 't' || rest.length !== 3 || !/^\d{1,78}$/.test(tokenId)) return null;
  return { page: 'token', chainId, contract, tokenId };
}

function isPlainPage(text: string): text is 'me' | 'compare' | 'session' {
  return text === 'me' || text === 'compare' || text === 'session';
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
