import { expect, test } from 'vitest';
import { canonicalUrl, signedHeaders } from './sigV4.ts';

const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token==',
};

// The signatures are botocore's SigV4Auth's for the same request, at 2026-01-31T12:00:00Z.
test.each([
  ['GET', '/chains', '', '8bd411103112982ad3743fcc2632eb0e51d895aa38887691016f0c2d7c8c155e'],
  [
    'GET',
    "/names/don't(!)*.eth?b=2&a=1%20x&a=é",
    '',
    'a65208cd27a102475f276e662a0407f88dfc56633386d146cca64f6c909882c4',
  ],
  [
    'GET',
    '/chains/1/owners/🦊.eth/nfts?cursor=a%2Bb/c%3D%3D&limit=100',
    '',
    'c4d09ce304d1d6cc5bc0392e2bd6efae12250e10f5f310306dd2eb33ed911c80',
  ],
])('signs %s %s as botocore does', async (method, path, body, signature) => {
  const url = canonicalUrl(new URL(`https://api.example/prod${path}`));
  expect(await sign(method, url, body)).toBe(signature);
});

test('signs a body and a port as botocore does', async () => {
  const url = canonicalUrl(new URL('https://api.example:8443/prod/x~y-z_.'));
  const expected = '5fe87c4d0d8d3b085993d8be88452b9f18f646f2bc1c246f5a10574855b59eb8';
  expect(await sign('POST', url, '{"a":"é"}')).toBe(expected);
});

test.each([
  ["/names/don't.eth", '/names/don%27t.eth'],
  ['/a(b)*!', '/a%28b%29%2A%21'],
  ['/a%27b', '/a%27b'],
  ['/a?b=c d+e', '/a?b=c%20d%20e'],
  ["/a?z=1&b='(!)*", '/a?b=%27%28%21%29%2A&z=1'],
  ['/a?b&a=2&a=1', '/a?a=1&a=2&b='],
  ['/a?a-b=1&a.=2&a=3&a1=4&a=%20', '/a?a=%20&a=3&a-b=1&a.=2&a1=4'],
  ['/a?', '/a'],
  ['/a#b', '/a'],
])('sends %s as %s', (path, sent) => {
  expect(canonicalUrl(new URL(`https://api.example${path}`)).href).toBe(
    `https://api.example${sent}`,
  );
});

async function sign(method: string, url: URL, body: string): Promise<string | undefined> {
  const now = Date.parse('2026-01-31T12:00:00Z');
  const scope = { region: 'eu-west-1', service: 'execute-api', credentials: CREDENTIALS, now };
  const { authorization, ...rest } = await signedHeaders({ method, url, body, ...scope });
  expect(rest).toEqual({ 'x-amz-date': '20260131T120000Z', 'x-amz-security-token': 'token==' });
  expect(authorization).toContain(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260131/eu-west-1/execute-api/aws4_request, ' +
      'SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=',
  );
  return authorization?.split('Signature=')[1];
}
