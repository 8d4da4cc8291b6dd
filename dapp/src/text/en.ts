import type { FailureCode } from '../queries/failure.ts';

/**
 * Every sentence of the page, in English. `de.ts` has the same ones; the compiler compares. Numbers
 * and dates come in as text, written for the language (`numbers.ts`).
 */
export const en = {
  title: 'NFT Gallery',
  bar: {
    home: 'NFT Gallery, home',
    search: 'Name, address, collection or link',
    searchButton: 'Search',
    chain: 'Chain',
    allChains: 'All chains',
    connect: 'Connect wallet',
    navigation: 'Main',
    mine: 'Mine',
    homeShort: 'Home',
  },
  home: {
    promise: 'Every collection, and your own.',
    explanation:
      'Look at any NFT collection. Sign in with your wallet, without a password, to see what you hold.',
  },
  pages: {
    home: 'NFT Gallery',
    me: 'My NFTs',
    compare: 'Compare providers',
    session: 'Your session',
    unknown: 'Nothing here',
    loading: 'Loading…',
    failed: 'This part of the page did not load. Check your connection.',
    retry: 'Try again',
  },
  copy: {
    copied: 'Copied',
    failed: 'Not copied: select the text and copy it.',
  },
  picture: {
    none: 'No picture',
    large: 'Large picture: open to see it',
    loadLarge: 'Load the large picture',
    loading: 'The picture is loading…',
    retry: 'Try again',
  },
  footer: 'NFT data by Alchemy and Moralis. Names, pictures and texts come from the NFTs’ makers.',
};

export type Texts = typeof en;
/** Said where an error with this code is shown. */
export type FailureTexts = Record<FailureCode, string>;
