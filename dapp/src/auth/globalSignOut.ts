import type { Config } from '../config.ts';
import { asRecord, asText, parseJson } from '../json.ts';

type UserPoolAddress = Pick<Config, 'region' | 'userPoolEndpoint'>;

/**
 * Ends every session of the wallet: refresh and access tokens at once, ID tokens as they expire.
 * Not Amplify's `signOut({ global: true })`, which keeps a failure to itself: a person would be
 * told that all is ended when nothing is.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html
 * @throws Error with the name Cognito gives it; NetworkError without an answer
 */
export async function globalSignOut(
  pool: UserPoolAddress,
  accessToken: string,
  post: (url: string, init: RequestInit) => Promise<Response>,
): Promise<void> {
  const endpoint = pool.userPoolEndpoint ?? `https://cognito-idp.${pool.region}.amazonaws.com`;
  const answer = await post(`${endpoint}/`, {
    method: 'POST',
    cache: 'no-store',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GlobalSignOut',
    },
    body: JSON.stringify({ AccessToken: accessToken }),
  }).catch(() => {
    throw named('NetworkError');
  });
  if (!answer.ok) throw named(asText(asRecord(parseJson(await answer.text()))?.__type) ?? 'Error');
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
