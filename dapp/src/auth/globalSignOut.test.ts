import { expect, test } from 'vitest';
import { globalSignOut } from './globalSignOut.ts';

const AWS = { region: 'eu-west-1', userPoolEndpoint: null };
const LOCAL = { region: 'us-east-1', userPoolEndpoint: 'http://localhost:3001/cognito-idp' };

test.each([
  [AWS, 'https://cognito-idp.eu-west-1.amazonaws.com/'],
  [LOCAL, 'http://localhost:3001/cognito-idp/'],
])('sends the access token to the user pool and nowhere else', async (pool, address) => {
  const sent: [string, RequestInit][] = [];
  await globalSignOut(pool, 'a.b.c', async (url, init) => {
    sent.push([url, init]);
    return new Response('{}');
  });
  expect(sent.map(([url]) => url)).toEqual([address]);
  expect(sent[0]?.[1]).toMatchObject({
    method: 'POST',
    body: '{"AccessToken":"a.b.c"}',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.GlobalSignOut' },
  });
});

test.each([
  ['{"__type":"NotAuthorizedException","message":"x"}', 'NotAuthorizedException'],
  ['{"__type":"TooManyRequestsException"}', 'TooManyRequestsException'],
  ['<html>', 'Error'],
])('passes a refusal on: %s', async (body, name) => {
  const refuse = async () => new Response(body, { status: 400 });
  await expect(globalSignOut(AWS, 't', refuse)).rejects.toMatchObject({ name });
});

test('tells when there is no answer, without the token', async () => {
  const fail = () => Promise.reject(new TypeError('Failed to fetch'));
  const refused = globalSignOut(AWS, 'secret-token', fail);
  await expect(refused).rejects.toMatchObject({ name: 'NetworkError' });
  await expect(refused).rejects.not.toThrow('secret-token');
});
