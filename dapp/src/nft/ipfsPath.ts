const CID =
  /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{58,127}|B[A-Z2-7]{58,127}|[kK][0-9a-zA-Z]{50,127}|z[1-9A-HJ-NP-Za-km-z]{48,127})$/;
const FORMS = [
  /^ipfs:(?:\/\/)?(?<path>.*)$/is,
  /^(?:\/?ipfs\/)?(?<path>(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[yk][a-z2-7]{55})(?:[/?#].*)?)$/s,
  /^https?:\/\/[^/?#\\@]+\/ipfs\/(?<path>[^/].*)$/is,
  /^https?:\/\/(?<cid>[a-z0-9]+)\.ipfs\.[^/?#\\@]+(?<path>.*)$/is,
];

/** `CID/path` of ipfs://[ipfs/]CID/path, CID, https://host/ipfs/CID, https://CID.ipfs.host; else null. */
export function ipfsPath(uri: string): string | null {
  const found = FORMS.map((form) => form.exec(uri)?.groups).find(Boolean);
  if (!found) return null;
  const path = found.path ?? '';
  if (found.cid) return safePath(found.cid.toLowerCase() + path, CID);
  return safePath(path.replace(/^\/*(?:ipfs\/+)*/i, ''), CID);
}

/**
 * The first segment, which has to be a `name`, and the path below it, percent-encoded, without
 * query. null where the path leads upwards, in any disguise. A `#` below is part of a file's name.
 */
export function safePath(rest: string, name: RegExp): string | null {
  const path = rest.replace(/^\//, '').replace(/\?.*$/s, '');
  const slash = path.indexOf('/');
  const first = (slash < 0 ? path : path.slice(0, slash)).replace(/#.*$/s, '');
  const below = slash < 0 ? '' : decoded(path.slice(slash + 1));
  if (!name.test(first) || below.includes('\0')) return null;
  if (below.split(/[/\\]/).some((step) => step === '.' || step === '..')) return null;
  return below === '' ? first : `${first}/${below.split('/').map(encoded).join('/')}`;
}

function decoded(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

function encoded(segment: string): string {
  const plain = encodeURIComponent(segment);
  return plain.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
