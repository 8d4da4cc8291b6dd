import { expect, test } from 'vitest';
import { type RawNft, shortTokenId, toNft } from './nft.ts';

const RAW: RawNft = {
  contractAddress: '0xAbC0000000000000000000000000000000000001',
  tokenId: '7',
  tokenType: 'ERC1155',
  name: 'Lamp',
  collectionName: 'Lamps',
  description: null,
  balance: '15',
  images: [],
  animation: null,
  isSpam: false,
};

test('names a token without a name after its collection', () => {
  expect(toNft({ ...RAW, name: null }).title).toBe('Lamps #7');
  expect(toNft({ ...RAW, name: '\u200b' }).title).toBe('Lamps #7');
});

test('names a token without any name', () => {
  const huge = '50659039041325838222074459099120411190538227963344971355684955900852972814336';
  const nft = toNft({ ...RAW, name: null, collectionName: null, tokenId: huge });
  expect(nft.title).toBe('Unnamed #506590…4336');
  expect(nft.tokenId).toBe(huge);
});

test('shortens ids of more than twelve digits only', () => {
  expect(shortTokenId('123456789012')).toBe('123456789012');
  expect(shortTokenId('1234567890123')).toBe('123456…0123');
});

test('shows how many, except of one or of an ERC-721', () => {
  expect(toNft(RAW).balance).toBe('15');
  expect(toNft({ ...RAW, balance: '1' }).balance).toBeNull();
  expect(toNft({ ...RAW, balance: 'many' }).balance).toBeNull();
  expect(toNft({ ...RAW, tokenType: 'erc721', balance: '26' }).balance).toBeNull();
});

test('gives the same key for either letter case of the contract address', () => {
  const lower = toNft({ ...RAW, contractAddress: RAW.contractAddress.toLowerCase() });
  expect(toNft(RAW).key).toBe(lower.key);
});

test('takes a site for a name with a gift in the text for spam', () => {
  expect(toNft({ ...RAW, name: 'Visit oethgift.org to claim rewards' }).isLikelySpam).toBe(true);
  expect(toNft({ ...RAW, name: 'apyeth.co', description: 'Claim $500' }).isLikelySpam).toBe(true);
  expect(toNft({ ...RAW, isSpam: true }).isLikelySpam).toBe(true);
  for (const name of ['soohoo.eth', 'Free Spirits', 'Art by studio.xyz', 'Claim to Fame'])
    expect(toNft({ ...RAW, name }).isLikelySpam).toBe(false);
});

test('has no picture and no film of spam', () => {
  const images = ['https://nft-cdn.alchemy.com/1'];
  const animation = { kind: 'video', urls: images } as const;
  const media = { images, animation };
  expect(toNft({ ...RAW, ...media })).toMatchObject(media);
  expect(toNft({ ...RAW, ...media, isSpam: true })).toMatchObject({ images: [], animation: null });
});
