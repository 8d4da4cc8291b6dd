import type { ContractDetails } from 'nft-gallery-client';
import { explorerOf } from '../nft/explorers.ts';
import type { CollectionTexts } from '../text/pages/collection.ts';

export interface CollectionLink {
  label: string;
  url: string;
  /** Shown beside it. */
  host: string;
}

const HANDLE = /^@?(\w{1,50})$/;
/** What OpenSea writes in its own paths. */
const SLUG = /^[a-z0-9-]+$/;

/** Where else the collection is; a stranger's links only over https. */
export function collectionLinks(
  { chainId, collection, contract, links, spam }: ContractDetails,
  words: CollectionTexts,
): CollectionLink[] {
  const explorer = explorerOf(chainId);
  const handle = HANDLE.exec(links.twitter ?? '')?.[1];
  const slug = SLUG.exec(collection.slug ?? '')?.[0];
  const ours = [
    link(words.contract, explorer?.address(contract.address)),
    link('OpenSea', slug && `https://opensea.io/collection/${slug}`),
  ];
  const theirs = [
    link(words.website, links.website ?? collection.externalUrl),
    link('X', handle && `https://x.com/${handle}`),
    link('Discord', links.discord),
  ];
  // what spam links to is what it is made for
  return [...ours, ...(spam.isSpam ? [] : theirs)].flatMap((one) => one ?? []);
}

function link(label: string, url: string | null | undefined): CollectionLink | null {
  if (!url || !URL.canParse(url)) return null;
  const { host, protocol, href } = new URL(url);
  return protocol === 'https:' ? { label, url: href, host } : null;
}
