import type { WalletAuthConfig } from 'nft-gallery-client';

/** The gallery's site, and the origin where this server's pages are: it stands in `AllowedOrigins`. */
export const { GALLERY = 'http://localhost:3000', ORIGIN = 'http://localhost:3002' } = process.env;

let read: Promise<WalletAuthConfig> | undefined;

/** The gallery's config.json, read once. */
export function galleryConfig(): Promise<WalletAuthConfig> {
  read ??= fetch(`${GALLERY}/config.json`, { cache: 'no-store' }).then((answer) => answer.json());
  read.catch(() => {
    read = undefined;
  });
  return read;
}
