export interface WebLink {
  url: string;
  host: string;
}

/** A stranger's address, where it is https and says no user's name; else null. */
export function webLink(address: string | null): WebLink | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, username, password, host, href } = new URL(address);
  if (protocol !== 'https:' || username !== '' || password !== '') return null;
  return { url: href, host };
}
