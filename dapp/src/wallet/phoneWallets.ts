/** A wallet app that opens a page in its own browser, where it is the page's wallet. */
export interface PhoneWallet {
  name: string;
  /** `page`: the address to open, whole. */
  link(page: string): string;
}

export const PHONE_WALLETS: readonly PhoneWallet[] = [
  {
    // Takes the address as it is, without its scheme: an encoded one opens an error page.
    // https://docs.metamask.io/metamask-connect/evm/guides/metamask-exclusive/use-deeplinks/
    name: 'MetaMask',
    link: (page) => `https://link.metamask.io/dapp/${page.replace(/^https?:\/\//, '')}`,
  },
  {
    // https://docs.cdp.coinbase.com/coinbase-wallet/developer-guidance/mobile-dapp-integration
    name: 'Coinbase Wallet',
    link: (page) => `https://go.cb-w.com/dapp?cb_url=${encodeURIComponent(page)}`,
  },
  {
    // https://github.com/rainbow-me/rainbow/blob/develop/src/handlers/deeplinks.ts
    name: 'Rainbow',
    link: (page) => `https://rnbwapp.com/dapp?url=${encodeURIComponent(page)}`,
  },
  {
    // https://developer.trustwallet.com/developer/develop-for-trust/deeplinking
    name: 'Trust Wallet',
    link: (page) =>
      `https://link.trustwallet.com/open_url?coin_id=60&url=${encodeURIComponent(page)}`,
  },
];
