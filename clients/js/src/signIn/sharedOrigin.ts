/**
 * A path gateway (https://ipfs.io/ipfs/<cid>/) serves every site from one origin, so any of them
 * could read the tokens another keeps in localStorage. Subdomain gateways do not.
 */
export function isSharedOrigin(pathname: string): boolean {
  return /^\/(ipfs|ipns)\//.test(pathname);
}
