/**
 * Who may learn that somebody looks: the providers' CDNs, and gateways of IPFS and Arweave that give
 * no stranger a name of their own. pictureHosts.json is the one list; the Content-Security-Policy
 * has the same (tests/contract/test_picture_hosts.py). Each ends in a slash, and stands for what is
 * below it.
 *
 * Not there: dweb.link and w3s.link, which lead a browser on to `CID.ipfs.dweb.link`, and
 * arweave.net but for `/raw/`, which leads on to a name of the transaction's own.
 */

import hosts from './pictureHosts.json';

export const IPFS_GATEWAYS: readonly string[] = hosts.ipfs;

const KNOWN = [...hosts.providers, ...hosts.ipfs, ...hosts.arweave];
const ARWEAVE_FILE = /^https:\/\/arweave\.net\/([A-Za-z0-9_-]{43})$/;
// A server may take these for a slash or a step upwards, which leads to another's folder.
const DISGUISED_STEP = /%(?:2e|2f|5c)/i;

/** Whether a browser may load `url` unasked: one that it reads as it is written. */
export function isOfKnownHost(url: string): boolean {
  if (!KNOWN.some((prefix) => url.startsWith(prefix)) || DISGUISED_STEP.test(url)) return false;
  return new URL(url).href === url;
}

/** Those of `urls` that a browser may load unasked, each once; a data: image has no host. */
export function directUrls(urls: readonly string[]): string[] {
  const direct = urls.map((url) => url.replace(ARWEAVE_FILE, 'https://arweave.net/raw/$1'));
  return [...new Set(direct.filter((url) => /^data:/i.test(url) || isOfKnownHost(url)))];
}
