import type { SessionChange, WalletAuth } from 'nft-gallery-client';

/** The client once it is loaded, and whether its session ended because somebody else continued it. */
export function followClient(load: () => Promise<WalletAuth>) {
  let followed: WalletAuth | null = null;
  let change: SessionChange | null = null;
  return {
    async connect(): Promise<WalletAuth> {
      const auth = await load();
      if (auth !== followed)
        auth.onSessionChange((_, why) => {
          change = why;
        });
      followed = auth;
      return auth;
    },
    wasReused: () => change === 'reused',
  };
}
