import { useGallery } from '../../gallery.ts';

/** What the page of a collection says, in English. It comes with the script of that page; `de.ts` has it too. */
export const collection = {
  tokens: 'NFTs',
  empty: 'There are no NFTs here yet.',
  verified: 'Verified',
  copy: 'Copy the contract’s address',
  links: 'Links',
  contract: 'Contract',
  website: 'Website',
  chain: 'Chain',
  supply: 'NFTs',
  floor: 'Floor price',
  standard: 'Standard',
  deployer: 'Deployed by',
  source: 'Source',
  held: 'You hold some of these',
  heldCount: (count: string) => `You hold ${count}`,
  spam: 'This is likely spam.',
  spamAdvice:
    'Do not visit what its names and texts point to, and sign nothing there. Its pictures are not loaded.',
  unknown: 'There is no NFT collection at this address on this chain.',
  unknownAdvice: 'It may be a wallet, or a contract on another chain.',
  asWallet: 'Open it as a wallet',
  otherChains: 'Look on other chains',
};

export type CollectionTexts = typeof collection;

export const useCollectionTexts = () => useGallery().texts.collection ?? collection;
