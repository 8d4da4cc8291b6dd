import { expect, test } from 'vitest';
import { mediaUrls } from './mediaUrl.ts';

const CID = 'QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ';
const CID_V1 = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi';
const resolve = (source: string | null) => mediaUrls(source, '26');

test.each([`ipfs://${CID}/1.png`, `ipfs://ipfs/${CID}/1.png`, `${CID}/1.png`])(
  'offers every gateway for %s',
  (source) => {
    expect(resolve(source)).toEqual([
      `https://ipfs.io/ipfs/${CID}/1.png`,
      `https://gateway.pinata.cloud/ipfs/${CID}/1.png`,
    ]);
  },
);

test('knows a bare CID of version 1', () => {
  expect(resolve(CID_V1)[0]).toBe(`https://ipfs.io/ipfs/${CID_V1}`);
});

test('tries a gateway named in the metadata last, unless it was shut down or has no https', () => {
  const ours = [`https://ipfs.io/ipfs/${CID}`, `https://gateway.pinata.cloud/ipfs/${CID}`];
  expect(resolve(`https://gw.example/ipfs/${CID}`)).toEqual([
    ...ours,
    `https://gw.example/ipfs/${CID}`,
  ]);
  expect(resolve(`https://cloudflare-ipfs.com/ipfs/${CID}`)).toEqual(ours);
  expect(resolve(`http://gw.example/ipfs/${CID}`)).toEqual(ours);
});

test('knows gateways that put the CID into the host name', () => {
  expect(resolve(`https://${CID_V1}.ipfs.w3s.link/1.png`)).toEqual([
    `https://ipfs.io/ipfs/${CID_V1}/1.png`,
    `https://gateway.pinata.cloud/ipfs/${CID_V1}/1.png`,
    `https://${CID_V1}.ipfs.w3s.link/1.png`,
  ]);
});

test('takes a hash sign in a path of IPFS for a part of the name, at every gateway', () => {
  for (const source of [`ipfs://${CID}/Ape#525.png`, `https://gw.example/ipfs/${CID}/Ape#525.png`])
    for (const url of resolve(source)) expect(url).toMatch(/\/Ape%23525\.png$/);
});

test('fills the token id of ERC-1155 addresses', () => {
  expect(resolve('https://x.example/{id}.png')).toEqual([
    `https://x.example/${'0'.repeat(62)}1a.png`,
  ]);
});

test('keeps data: images and mends bare hash signs in them', () => {
  expect(resolve('data:image/png;base64,AAAA')).toEqual(['data:image/png;base64,AAAA']);
  expect(resolve('data:image/svg+xml;utf8,<svg fill="#fff"/>')).toEqual([
    'data:image/svg+xml;utf8,<svg fill="%23fff"/>',
  ]);
});

test('wraps raw SVG text', () => {
  expect(resolve('<svg xmlns="x"/>')).toEqual([
    'data:image/svg+xml,%3Csvg%20xmlns%3D%22x%22%2F%3E',
  ]);
});

test.each([
  null,
  '',
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:application/json,{}',
  'data:image/svg+xml-evil,x',
  'blob:https://x.example/1',
  'file:///etc/passwd',
  'ftp://x.example/a.png',
  'https://user:pass@x.example/a.png',
  '//x.example/a.png',
  'a.png',
  'http://x.example/a.png',
  'https://127.0.0.1/a.png',
  'https://localhost/a.png',
  'https:x.example/a.png',
  'https://x.example\\@y.example/',
  'java\nscript:alert(1)',
  'vbscript:x',
  'ipns://art.example/1.png',
  'ar://short/1.png',
  'ipfs://',
  'ipfs://bafy/1.png',
  `ipfs://${CID}/../1.png`,
  `ipfs://${CID}/%2e%2e/1.png`,
])('offers nothing for %j', (source) => {
  expect(resolve(source)).toEqual([]);
});
