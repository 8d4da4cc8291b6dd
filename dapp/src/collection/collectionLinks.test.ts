import type { ContractDetails } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { collection } from '../text/pages/collection.ts';
import { collectionLinks } from './collectionLinks.ts';

const CONTRACT = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';

function urls(more: {
  links?: Partial<ContractDetails['links']>;
  slug?: string;
  isSpam?: boolean;
}): string[] {
  const details = {
    chainId: 137,
    contract: { address: CONTRACT },
    collection: { slug: more.slug ?? null, externalUrl: null },
    links: { twitter: null, discord: null, website: null, ...more.links },
    spam: { isSpam: more.isSpam ?? null, classifications: [] },
  };
  return collectionLinks(details as unknown as ContractDetails, collection).map(({ url }) => url);
}

const EXPLORER = `https://polygonscan.com/address/${CONTRACT}`;

test('links the contract at the explorer of its chain, and what the collection says of itself', () => {
  expect(
    urls({
      slug: 'lamps',
      links: {
        twitter: '@lamps',
        discord: 'https://discord.gg/lamps',
        website: 'https://lamps.example',
      },
    }),
  ).toEqual([
    EXPLORER,
    'https://opensea.io/collection/lamps',
    'https://lamps.example/',
    'https://x.com/lamps',
    'https://discord.gg/lamps',
  ]);
});

test.each([
  [{ links: { website: 'javascript:alert(1)' } }],
  [{ links: { website: 'http://lamps.example' } }],
  [{ links: { discord: 'no address' } }],
  [{ links: { twitter: '../login' } }],
  [{ slug: '../account' }],
  [{ links: { website: 'https://claim.example' }, isSpam: true }],
])('links nothing else for %j', (more) => {
  expect(urls(more)).toEqual([EXPLORER]);
});
