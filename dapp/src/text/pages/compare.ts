import { useGallery } from '../../gallery.ts';

/** What the page that compares providers says, in English. It comes with the script of that page; `de.ts` has it too. */
export const compare = {
  title: 'Compare providers',
  explanation:
    'Four routes ask the same question and hand each provider’s own answer through. See how long they take, how much they send, and where they disagree.',
  own: 'What your wallet holds',
  signIn: 'Sign in with your wallet to compare the four routes.',
  again: 'Ask all four again',
  more: 'Load more',
  none: 'No NFTs found',
  tokensOf: (route: string) => `NFTs by ${route}`,
  time: 'Time',
  milliseconds: (count: string) => `${count} ms`,
  size: 'Size',
  tokens: 'NFTs',
  partOf: (shown: string, all: string) => `${shown} of ${all}`,
  differences: 'Where they disagree',
  agreement: (alike: string, different: string) =>
    `Described alike: ${alike}. Described differently: ${different}.`,
  field: 'NFT',
  fields: {
    listed: 'Listed',
    title: 'Name',
    collection: 'Collection',
    standard: 'Standard',
    balance: 'Amount',
    description: 'Description',
    picture: 'Picture from',
    moving: 'Also has',
    spam: 'Spam',
  },
  collection: 'A collection, as Alchemy answers',
  contract: 'NFT contract address',
  lookUp: 'Look up',
  noContract: 'Enter the address of an NFT contract on Ethereum, or a link to one.',
};

export const useCompareTexts = () => useGallery().texts.compare ?? compare;
