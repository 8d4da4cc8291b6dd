import type { AwsCredentials, WalletAuthConfig } from '../types.ts';
import { callAws, type Fetch } from './call.ts';

export interface IdentityPool {
  /** Of the wallet whose ID token it is, else of a guest; makes an identity where there is none. */
  identityId(idToken: string | null): Promise<string>;
  credentials(identityId: string, idToken: string | null): Promise<AwsCredentials>;
}

interface GivenCredentials {
  Credentials: {
    AccessKeyId: string;
    SecretKey: string;
    SessionToken: string;
    /** Seconds since 1970. */
    Expiration: number;
  };
}

export function connectIdentityPool(config: WalletAuthConfig, fetch: Fetch): IdentityPool {
  const { region, userPoolId, identityPoolId: IdentityPoolId } = config;
  const endpoint =
    config.identityPoolEndpoint ?? `https://cognito-identity.${region}.amazonaws.com`;
  const call = <Answer>(operation: string, idToken: string | null, body: object) => {
    const provider = `cognito-idp.${region}.amazonaws.com/${userPoolId}`;
    const logins = idToken === null ? {} : { Logins: { [provider]: idToken } };
    const target = `AWSCognitoIdentityService.${operation}`;
    return callAws<Answer>(fetch, endpoint, target, { ...body, ...logins });
  };
  return {
    async identityId(idToken) {
      const answer = call<{ IdentityId: string }>('GetId', idToken, { IdentityPoolId });
      return (await answer).IdentityId;
    },
    async credentials(identityId, idToken) {
      const body = { IdentityId: identityId };
      const given = await call<GivenCredentials>('GetCredentialsForIdentity', idToken, body);
      const { AccessKeyId, SecretKey, SessionToken, Expiration } = given.Credentials;
      return {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretKey,
        sessionToken: SessionToken,
        expiration: new Date(Expiration * 1000),
        identityId,
      };
    },
  };
}
