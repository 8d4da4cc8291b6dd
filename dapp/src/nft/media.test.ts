import { readFileSync } from 'node:fs';
import type { Nft } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { directUrls, isOfKnownHost } from './knownHosts.ts';
import { collectionMediaOf, type Media, mediaOf } from './media.ts';

interface Corpus {
  strangers: string[];
  known: string[];
}

const FILE = new URL('../../../tests/fixtures/hostile_pictures.json', import.meta.url);
const CORPUS: Corpus = JSON.parse(readFileSync(FILE, 'utf8'));
const CID = 'QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ';
const TRANSACTION = 'hTqk9aHhmznaMuxBVn-kQmDvGzbSJy2uYzJJzFzGzGc';
const CDN = 'https://nft-cdn.alchemy.com/eth-mainnet';
/** Content of IPFS, which a stranger's address may name. */
const GATEWAY = /^https:\/\/(ipfs\.io|gateway\.pinata\.cloud)\/ipfs\/(Qm|bafy)/;
const NO_IMAGE = {
  url: null,
  thumbnailUrl: null,
  originalUrl: null,
  contentType: null,
  bytes: null,
};
const NO_ANIMATION = { url: null, originalUrl: null, contentType: null };
const INLINE = [
  { via: 'inline', image: 'small', needsTap: false },
  { via: 'inline', image: 'inline', needsTap: true },
];
const direct = (url: string) => ({ via: 'direct', url, needsTap: false });

interface Named {
  image?: Partial<Nft['media']['image'] & object>;
  animation?: Partial<Nft['media']['animation'] & object>;
}

const COLLECTION: Nft['collection'] = {
  name: null,
  slug: null,
  imageUrl: null,
  bannerImageUrl: null,
  externalUrl: null,
  verified: null,
  floorPrice: null,
};
const CONTRACT: Nft['contract'] = {
  address: '0x1111111111111111111111111111111111111111',
  name: 'Lamps',
  symbol: null,
  tokenType: 'ERC721',
  totalSupply: null,
  deployer: null,
  deployedBlock: null,
};

function nft({ image, animation }: Named, fields: Partial<Nft> = {}): Nft {
  return {
    chainId: 1,
    contract: CONTRACT,
    collection: COLLECTION,
    tokenId: '26',
    tokenType: 'ERC721',
    owner: null,
    balance: null,
    name: 'Lamp',
    description: null,
    externalUrl: null,
    tokenUri: null,
    attributes: [],
    media: {
      image: image ? { ...NO_IMAGE, ...image } : null,
      animation: animation ? { ...NO_ANIMATION, ...animation } : null,
      status: 'ready',
    },
    spam: { isSpam: null, classifications: [] },
    metadataStatus: 'ok',
    metadataError: null,
    mint: null,
    acquiredAt: null,
    updatedAt: null,
    provider: 'alchemy',
    stale: false,
    ...fields,
  };
}

/** What a browser asks for by itself, or after a tap into a player. */
function loaded({ card, whole, playable }: Media): string[] {
  const pictures = [...card, ...whole].flatMap((one) => (one.via === 'direct' ? [one.url] : []));
  return [...pictures, ...(playable?.urls ?? [])];
}

const FIELDS: [string, (url: string) => Named][] = [
  ['picture', (url) => ({ image: { url } })],
  ['thumbnail', (url) => ({ image: { thumbnailUrl: url } })],
  ['original', (url) => ({ image: { originalUrl: url } })],
  ['picture that is a video', (url) => ({ image: { url, contentType: 'video/mp4' } })],
  ['animation', (url) => ({ animation: { url, originalUrl: url } })],
  ['video', (url) => ({ animation: { url, contentType: 'video/mp4' } })],
  ['model', (url) => ({ animation: { originalUrl: url, contentType: 'model/gltf-binary' } })],
  ['page', (url) => ({ animation: { url, contentType: 'text/html' } })],
];

test.each(FIELDS)('asks no stranger for a %s, whatever its address looks like', (_, named) => {
  for (const url of CORPUS.strangers)
    for (const asked of loaded(mediaOf(nft(named(url))))) {
      expect(asked, url).toMatch(GATEWAY);
      expect(asked).not.toContain('evil');
    }
});

test('asks for each known host, and for no data: but pictures', () => {
  for (const url of CORPUS.known) expect(directUrls([url])).toEqual([url]);
  for (const url of CORPUS.strangers) expect(isOfKnownHost(url)).toBe(false);
  const svg = 'data:image/svg+xml,%3Csvg/%3E';
  expect(mediaOf(nft({ image: { url: svg } }))).toMatchObject({ card: [direct(svg)] });
});

test('shows the thumbnail on a card, the whole picture on the page, and asks the API last', () => {
  const image = { url: `${CDN}/whole`, thumbnailUrl: `${CDN}/thumb`, originalUrl: `ipfs://${CID}` };
  const gateways = [`https://ipfs.io/ipfs/${CID}`, `https://gateway.pinata.cloud/ipfs/${CID}`];
  const [thumb, whole, ...originals] = [`${CDN}/thumb`, `${CDN}/whole`, ...gateways].map(direct);
  const media = mediaOf(nft({ image }));
  expect(media.card).toEqual([thumb, whole, ...originals, ...INLINE]);
  expect(media.whole).toEqual([whole, ...originals, thumb, ...INLINE]);
});

test('asks the API for a picture on a stranger’s host, on a tap where it is large', () => {
  const media = mediaOf(nft({ image: { url: 'https://lamps.example/7.png' } }));
  expect(media.card).toEqual(INLINE);
  expect(media.whole).toEqual(INLINE);
  expect(media.elsewhere).toEqual([
    { what: 'image', url: 'https://lamps.example/7.png', host: 'lamps.example' },
  ]);
});

test('asks nobody where there is no picture', () => {
  expect(mediaOf(nft({}))).toEqual({
    spam: null,
    card: [],
    whole: [],
    kind: null,
    playable: null,
    elsewhere: [],
  });
});

test('takes a file of Arweave from where the gateway does not lead on', () => {
  const file = mediaOf(nft({ image: { url: `https://arweave.net/${TRANSACTION}` } }));
  expect(file.card).toEqual([direct(`https://arweave.net/raw/${TRANSACTION}`), ...INLINE]);
  const folder = mediaOf(nft({ image: { originalUrl: `ar://${TRANSACTION}/1.png` } }));
  expect(folder.card).toEqual(INLINE);
});

test.each([
  ['video', 'video/mp4'],
  ['audio', 'audio/mpeg'],
  ['model', 'model/gltf-binary'],
] as const)('plays a %s from a known host, and says where it stands', (kind, contentType) => {
  const url = `${CDN}/1_animation`;
  const media = mediaOf(nft({ animation: { url, contentType } }));
  expect(media).toMatchObject({ kind, playable: { kind, urls: [url] } });
  expect(media.elsewhere).toEqual([{ what: kind, url, host: 'nft-cdn.alchemy.com' }]);
});

test.each([
  ['video', 'https://lamps.example/1.mp4'],
  ['audio', 'https://lamps.example/1.mp3'],
  ['model', 'https://lamps.example/1.glb'],
  ['html', 'https://lamps.example/1.html'],
  ['unknown', 'https://lamps.example/live'],
] as const)('lets a stranger’s %s open elsewhere only, with the host to show', (what, url) => {
  const media = mediaOf(nft({ animation: { url } }));
  expect(media).toMatchObject({ kind: what, playable: null });
  expect(media.elsewhere).toEqual([{ what, url, host: 'lamps.example' }]);
});

test('runs no page here, whoever serves it', () => {
  const media = mediaOf(nft({ animation: { url: `ipfs://${CID}/index.html` } }));
  expect(media).toMatchObject({ kind: 'html', playable: null });
  expect(media.elsewhere[0]?.host).toBe('ipfs.io');
});

test('shows a host in the letters that DNS has', () => {
  const media = mediaOf(nft({ animation: { url: 'https://аpple.example/1.mp4' } }));
  expect(media.elsewhere[0]?.host).toBe('xn--pple-43d.example');
});

test.each([
  ['the provider', { spam: { isSpam: true, classifications: ['NoMetadata'] } }],
  ['its words', { name: 'Visit oethgift.org', description: 'Claim your rewards' }],
  ['words with what nobody sees in them', { name: 'oethgift\u200b.org: cl\u200baim' }],
  ['its contract’s words', { contract: { ...CONTRACT, name: '$1000 USDC | usdc-claim.xyz' } }],
])('fetches nothing of what is spam by %s, not even through the API', (_, fields) => {
  const media = mediaOf(
    nft({ image: { url: `${CDN}/1` }, animation: { url: `${CDN}/2.mp4` } }, fields),
  );
  expect(media.spam).not.toBeNull();
  expect(media).toMatchObject({ card: [], whole: [], kind: null, playable: null, elsewhere: [] });
});

test('says by whom, and in which words', () => {
  const spam = { isSpam: true, classifications: ['OwnedByMostHoneyPots'] };
  expect(mediaOf(nft({}, { spam })).spam).toEqual({
    by: 'provider',
    classifications: ['OwnedByMostHoneyPots'],
  });
  expect(mediaOf(nft({}, { name: 'claim at free-eth.xyz' })).spam).toEqual({ by: 'words' });
});

test('takes a collection’s pictures by the same rule', () => {
  const imageUrl = `${CDN}/logo`;
  const bannerImageUrl = 'https://i.seadn.io/gcs/files/1.png';
  const details = nft({}, { collection: { ...COLLECTION, imageUrl, bannerImageUrl } });
  const spam = null;
  const image = [direct(imageUrl), ...INLINE];
  expect(collectionMediaOf(details)).toEqual({ spam, image, banner: INLINE });
  const flagged = { ...details, spam: { isSpam: true, classifications: [] } };
  expect(collectionMediaOf(flagged)).toMatchObject({ image: [], banner: [] });
});

test('asks no stranger for a collection’s pictures', () => {
  for (const url of CORPUS.strangers) {
    const collection = { ...COLLECTION, imageUrl: url, bannerImageUrl: url };
    const { image, banner } = collectionMediaOf(nft({}, { collection }));
    const asked = [...image, ...banner].flatMap((one) => (one.via === 'direct' ? [one.url] : []));
    for (const one of asked) expect(one, url).toMatch(GATEWAY);
  }
});
