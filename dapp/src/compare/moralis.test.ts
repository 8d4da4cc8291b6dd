import { expect, test } from 'vitest';
import { parseMoralisPage } from './moralis.ts';

const CONTRACT = '0x2222222222222222222222222222222222222222';

const CID = 'QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ';

const MUG = {
  token_address: CONTRACT,
  token_id: '5',
  contract_type: 'ERC1155',
  amount: '2',
  name: 'Mugs',
  symbol: 'MUG',
  metadata: JSON.stringify({
    name: 'Mug five',
    image: `ipfs://${CID}/5.png`,
    description: 'Full.',
  }),
  possible_spam: false,
};

const only = (item: unknown) => parseMoralisPage({ result: [item] }).nfts[0];

test('reads a page of a wallet', () => {
  const page = parseMoralisPage({ result: [MUG], cursor: 'eyJ', total: null, status: 'SYNCED' });
  expect(page).toMatchObject({ cursor: 'eyJ', totalCount: null });
  expect(page.nfts[0]).toMatchObject({
    key: `${CONTRACT}:5`,
    title: 'Mug five',
    collectionName: 'Mugs',
    description: 'Full.',
    balance: '2',
    images: [`https://ipfs.io/ipfs/${CID}/5.png`, `https://gateway.pinata.cloud/ipfs/${CID}/5.png`],
  });
});

test.each([null, undefined, ''])('takes %j for the last cursor', (cursor) => {
  expect(parseMoralisPage({ result: [], cursor }).cursor).toBeNull();
});

test('prefers normalised metadata, and fills its gaps', () => {
  const normalized_metadata = { name: 'Mug V', image: null, attributes: [] };
  expect(only({ ...MUG, normalized_metadata })).toMatchObject({
    title: 'Mug V',
    images: [`https://ipfs.io/ipfs/${CID}/5.png`, `https://gateway.pinata.cloud/ipfs/${CID}/5.png`],
  });
});

test.each([null, undefined, '', 'not json', '"\\"{}\\""', '[1]', 'null'])(
  'lives with the metadata %j',
  (metadata) => {
    expect(only({ ...MUG, metadata })).toMatchObject({ title: 'Mugs #5', images: [] });
  },
);

test('reads metadata encoded twice', () => {
  expect(only({ ...MUG, metadata: JSON.stringify(MUG.metadata) })?.title).toBe('Mug five');
});

test('reads metadata with raw control characters in its texts', () => {
  const metadata = `{"name":"Mug\nfive","image":"ipfs://${CID}/5.png"}`;
  expect(only({ ...MUG, metadata })).toMatchObject({
    title: 'Mug five',
    images: [`https://ipfs.io/ipfs/${CID}/5.png`, `https://gateway.pinata.cloud/ipfs/${CID}/5.png`],
  });
});

test('shows a token URI that is itself the picture', () => {
  const token_uri = 'data:image/svg+xml;utf8,<svg fill="#fff"/>';
  for (const metadata of [null, '{}', undefined])
    expect(only({ ...MUG, metadata, token_uri })).toMatchObject({
      title: 'Mugs #5',
      images: [token_uri.replace('#', '%23')],
    });
});

test('puts previews first and keeps what is behind them', () => {
  const media = {
    status: 'success',
    mimetype: 'image/png',
    original_media_url: 'https://mugs.example/5.png',
    media_collection: {
      low: { url: 'https://nft-preview-media.s3.us-east-1.amazonaws.com/evm/low.png' },
      medium: { url: 'https://nft-preview-media.s3.us-east-1.amazonaws.com/evm/medium.png' },
    },
  };
  expect(only({ ...MUG, media })?.images.slice(0, 2)).toEqual([
    'https://nft-preview-media.s3.us-east-1.amazonaws.com/evm/medium.png',
    `https://ipfs.io/ipfs/${CID}/5.png`,
  ]);
});

test('plays the video of the metadata', () => {
  const metadata = JSON.stringify({ animation_url: 'https://mugs.example/5.mp4' });
  expect(only({ ...MUG, metadata })?.animation?.kind).toBe('video');
});

test('reads unknown kinds of contract', () => {
  expect(only({ ...MUG, contract_type: null })?.tokenType).toBe('UNKNOWN');
});

test('takes the spam flag, also where it is text', () => {
  expect(only({ ...MUG, possible_spam: true })?.isLikelySpam).toBe(true);
  expect(only({ ...MUG, possible_spam: 'true' })?.isLikelySpam).toBe(true);
});

test('leaves out null elements', () => {
  expect(parseMoralisPage({ result: [null, MUG] }).nfts).toHaveLength(1);
});

test.each([null, [], { message: 'x' }, { result: 'x' }])('refuses the answer %j', (body) => {
  expect(() => parseMoralisPage(body)).toThrow('no list of NFTs');
});
