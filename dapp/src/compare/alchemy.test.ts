import { expect, test } from 'vitest';
import { parseAlchemyPage } from './alchemy.ts';

const CONTRACT = '0x1111111111111111111111111111111111111111';

const LAMP = {
  contract: {
    address: CONTRACT,
    name: 'Lamps',
    tokenType: 'ERC1155',
    openSeaMetadata: { collectionName: 'Lamps by Ada' },
    isSpam: null,
  },
  tokenId: '7',
  tokenType: 'ERC1155',
  name: 'Lamp seven',
  description: 'Lit.',
  image: {
    cachedUrl: 'https://nft-cdn.alchemy.com/7',
    thumbnailUrl: 'https://nft-cdn.alchemy.com/thumb/7',
    pngUrl: null,
    contentType: 'image/png',
    originalUrl: 'https://lamps.example/7.png',
  },
  raw: { metadata: { image: 'https://lamps.example/7.png', attributes: [] }, error: null },
  collection: null,
  balance: '15',
};

const only = (item: unknown) => parseAlchemyPage({ ownedNfts: [item] }).nfts[0];

test('reads a page of a wallet', () => {
  const page = parseAlchemyPage({ ownedNfts: [LAMP], totalCount: 53, pageKey: 'MHg' });
  expect(page).toMatchObject({ cursor: 'MHg', totalCount: 53 });
  expect(page.nfts[0]).toEqual({
    key: `${CONTRACT}:7`,
    contractAddress: CONTRACT,
    tokenId: '7',
    tokenType: 'ERC1155',
    title: 'Lamp seven',
    collectionName: 'Lamps',
    description: 'Lit.',
    balance: '15',
    images: ['https://nft-cdn.alchemy.com/thumb/7', 'https://nft-cdn.alchemy.com/7'],
    animation: null,
    isLikelySpam: false,
  });
});

test('reads a page of a contract', () => {
  const page = parseAlchemyPage({ nfts: [LAMP], pageKey: '0x01' });
  expect(page).toMatchObject({ cursor: '0x01', totalCount: null });
  expect(page.nfts).toHaveLength(1);
});

test.each([null, undefined, ''])('takes %j for the last page key', (pageKey) => {
  expect(parseAlchemyPage({ ownedNfts: [], pageKey }).cursor).toBeNull();
});

test('reads tokens of which nothing is known', () => {
  expect(only({ contractAddress: CONTRACT, tokenId: '28', balance: 1 })).toMatchObject({
    title: 'Unnamed #28',
    tokenType: 'UNKNOWN',
    images: [],
  });
  const bare = { contract: { address: CONTRACT, openSeaMetadata: null }, tokenId: '1' };
  const broken = { ...bare, name: null, image: null, raw: { metadata: 'Malformed', error: 'x' } };
  expect(only(broken)).toMatchObject({ title: 'Unnamed #1', isLikelySpam: false });
});

test('leaves out what cannot be told apart, and keeps the rest', () => {
  const items = [null, 'x', {}, { contract: { address: CONTRACT } }, { tokenId: '1' }, LAMP];
  expect(parseAlchemyPage({ ownedNfts: items }).nfts.map((nft) => nft.tokenId)).toEqual(['7']);
});

test('shows a token URI that is itself the picture', () => {
  const tokenUri = 'data:image/png;base64,AAAA';
  const bare = { contractAddress: CONTRACT, tokenId: '28', raw: { tokenUri, metadata: {} } };
  expect(only(bare)).toMatchObject({ title: 'Unnamed #28', images: [tokenUri] });
});

test('finds what the provider left out in the document of the token', () => {
  const raw = {
    metadata: { name: 7, description: 'Lit.', imageUrl: 'https://nft-cdn.alchemy.com/{id}.png' },
  };
  expect(only({ contractAddress: CONTRACT, tokenId: '28', raw })).toMatchObject({
    title: '7',
    description: 'Lit.',
    images: [`https://nft-cdn.alchemy.com/${'0'.repeat(62)}1c.png`],
  });
});

test('finds the collection name in any of three places', () => {
  const openSea = { ...LAMP.contract, name: null };
  expect(only({ ...LAMP, contract: openSea })?.collectionName).toBe('Lamps by Ada');
  expect(
    only({ ...LAMP, contract: openSea, collection: { name: 'Lamp club' } })?.collectionName,
  ).toBe('Lamp club');
});

test('takes the spam flag of the contract', () => {
  expect(only({ ...LAMP, contract: { ...LAMP.contract, isSpam: true } })?.isLikelySpam).toBe(true);
});

test('finds the video of the animation', () => {
  const animation = {
    cachedUrl: 'https://nft-cdn.alchemy.com/v',
    contentType: 'video/mp4',
    originalUrl: null,
  };
  expect(only({ ...LAMP, animation })?.animation).toEqual({
    kind: 'video',
    urls: ['https://nft-cdn.alchemy.com/v'],
  });
});

test.each([null, [], 'x', {}, { error: { message: 'x' } }, { ownedNfts: null }])(
  'refuses the answer %j',
  (body) => {
    expect(() => parseAlchemyPage(body)).toThrow('no list of NFTs');
  },
);
