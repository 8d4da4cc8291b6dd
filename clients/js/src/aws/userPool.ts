import type { WalletAuthConfig } from '../types.ts';
import { AwsError, callAws, type Fetch } from './call.ts';

/** Tokens as Cognito answers with them; a pool that rotates nothing gives no refresh token. */
export interface GivenTokens {
  IdToken: string;
  AccessToken: string;
  RefreshToken?: string;
}

export interface OpenChallenge {
  session: string;
  parameters: Partial<Record<string, string>>;
}

/** The six calls of Cognito that a wallet's session takes; none is signed. */
export interface UserPool {
  /** Whether that made a user; false for a wallet that has signed up before. */
  signUp(username: string, password: string): Promise<boolean>;
  startSignIn(username: string): Promise<OpenChallenge>;
  /** null: the answer was wrong. */
  answer(username: string, session: string, answer: string): Promise<GivenTokens | null>;
  refresh(refreshToken: string): Promise<GivenTokens>;
  /** Ends refreshes of this session, and its access tokens, if it can. Never rejects. */
  revoke(refreshToken: string | undefined): Promise<void>;
  signOutEverywhere(accessToken: string): Promise<void>;
  deleteUser(accessToken: string): Promise<void>;
}

interface Answered {
  AuthenticationResult?: GivenTokens;
  Session?: string;
  ChallengeParameters?: Partial<Record<string, string>>;
}

export function connectUserPool(config: WalletAuthConfig, fetch: Fetch): UserPool {
  const endpoint = config.userPoolEndpoint ?? `https://cognito-idp.${config.region}.amazonaws.com`;
  const ClientId = config.userPoolClientId;
  const call = <Answer = Answered>(operation: string, body: object) =>
    callAws<Answer>(fetch, endpoint, `AWSCognitoIdentityProviderService.${operation}`, body);
  return {
    async signUp(Username, Password) {
      try {
        await call('SignUp', { ClientId, Username, Password });
        return true;
      } catch (error) {
        if (error instanceof AwsError && error.type === 'UsernameExistsException') return false;
        throw error;
      }
    },
    async startSignIn(USERNAME) {
      const body = { ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME } };
      const { Session = '', ChallengeParameters = {} } = await call('InitiateAuth', body);
      return { session: Session, parameters: ChallengeParameters };
    },
    async answer(USERNAME, Session, ANSWER) {
      const ChallengeResponses = { USERNAME, ANSWER };
      const body = { ClientId, Session, ChallengeName: 'CUSTOM_CHALLENGE', ChallengeResponses };
      return (await call('RespondToAuthChallenge', body)).AuthenticationResult ?? null;
    },
    async refresh(RefreshToken) {
      const answered = await call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
      return answered.AuthenticationResult as GivenTokens;
    },
    revoke: async (Token) => {
      if (Token) await call('RevokeToken', { ClientId, Token }).catch(() => {});
    },
    signOutEverywhere: (AccessToken) => call('GlobalSignOut', { AccessToken }),
    deleteUser: (AccessToken) => call('DeleteUser', { AccessToken }),
  };
}
