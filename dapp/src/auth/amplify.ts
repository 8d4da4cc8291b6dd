// Every import of Amplify lives here, so that it is cut into one chunk, loaded on first intent.
import { Amplify } from 'aws-amplify';
import { ApiError, get } from 'aws-amplify/api';
import {
  confirmSignIn,
  fetchAuthSession,
  getCurrentUser,
  signIn,
  signOut,
  signUp,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import type { Config } from '../config.ts';
import type { JsonRecord } from '../json.ts';
import type { Api, ApiAnswer, Cloud, UserPool } from './cloud.ts';
import { globalSignOut } from './globalSignOut.ts';

const API_NAME = 'gallery';

export function connectCloud(config: Config): Cloud {
  Amplify.configure(
    {
      Auth: {
        Cognito: {
          userPoolId: config.userPoolId,
          userPoolClientId: config.userPoolClientId,
          identityPoolId: config.identityPoolId,
          allowGuestAccess: true,
          ...(config.userPoolEndpoint && { userPoolEndpoint: config.userPoolEndpoint }),
          ...(config.identityPoolEndpoint && { identityPoolEndpoint: config.identityPoolEndpoint }),
        },
      },
      API: {
        REST: {
          [API_NAME]: {
            endpoint: config.apiEndpoint,
            region: config.region,
            service: 'execute-api',
          },
        },
      },
    },
    // The person decides whether to ask again, not a loop that spends the provider's quota.
    { API: { REST: { retryStrategy: { strategy: 'no-retry' } } } },
  );
  return {
    id: config.userPoolId,
    ...userPool,
    ...api,
    async revokeEverywhere() {
      const tokens = await readTokens(); // refreshed: an expired access token revokes nothing
      if (!tokens) throw Object.assign(new Error(), { name: 'NotAuthorizedException' });
      await globalSignOut(config, tokens.accessToken.toString(), (url, init) => fetch(url, init));
    },
  };
}

let isReused = false;

/** A reused refresh token ends the session as any other refusal does, but it is worth a word. */
async function endOnReuse<Value>(read: () => Promise<Value>): Promise<Value> {
  return read().catch((error: unknown) => {
    if (nameOf(error) !== 'RefreshTokenReuseException') throw error;
    isReused = true;
    return read(); // Amplify has dropped the tokens: now as a guest
  });
}

/**
 * null without a session. Not `fetchAuthSession`, which asks for AWS credentials too, and which fails
 * for a session ended elsewhere: a guest may not take the identity it leaves behind.
 */
const readTokens = () => endOnReuse(() => cognitoUserPoolsTokenProvider.getTokens());

const userPool: Omit<UserPool, 'id' | 'revokeEverywhere'> = {
  async signUp(username, password) {
    try {
      await signUp({ username, password });
      return true;
    } catch (error) {
      if (nameOf(error) !== 'UsernameExistsException') throw error;
      return false;
    }
  },

  async startSignIn(username) {
    isReused = false;
    const start = () => signIn({ username, options: { authFlowType: 'CUSTOM_WITHOUT_SRP' } });
    const { nextStep } = await start().catch(async (error: unknown) => {
      if (nameOf(error) !== 'UserAlreadyAuthenticatedException') throw error;
      await signOut(); // left over from another tab
      return start();
    });
    const isChallenge = nextStep.signInStep === 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE';
    return (isChallenge && nextStep.additionalInfo) || {};
  },

  async answerChallenge(answer) {
    return (await confirmSignIn({ challengeResponse: answer })).isSignedIn;
  },

  async currentUsername() {
    try {
      return (await endOnReuse(() => getCurrentUser())).username;
    } catch (error) {
      if (nameOf(error) === 'UserUnAuthenticatedException') return null;
      throw error;
    }
  },

  async idTokenClaims() {
    const payload: JsonRecord | undefined = (await readTokens())?.idToken?.payload;
    return payload ?? null;
  },

  wasReused: () => isReused,

  async signOut() {
    await signOut();
    dropSignInState();
  },
};

/** Amplify keeps the Cognito session of a sign-in that failed. */
function dropSignInState() {
  const keys = Object.keys(window.sessionStorage);
  for (const key of keys.filter((name) => name.startsWith('CognitoSignInState.')))
    window.sessionStorage.removeItem(key);
}

const api: Api = {
  async get(route, queryParams, authorization, signal) {
    const headers = authorization === 'iam' ? await withCredentials() : await withIdToken();
    if (!headers) return { status: 401, headers: {}, body: '' };
    const operation = get({
      apiName: API_NAME,
      path: `/${route}`,
      // without 'none' Amplify gets AWS credentials for a request that bears a token, too
      options: { queryParams, headers, defaultAuthMode: authorization === 'iam' ? 'iam' : 'none' },
    });
    signal.addEventListener('abort', () => operation.cancel());
    try {
      const { statusCode, headers, body } = await operation.response;
      return { status: statusCode, headers, body: await body.text() };
    } catch (error) {
      return toAnswer(error);
    }
  },
};

/** Amplify sends the request unsigned when it gets no credentials; we would rather know why. */
async function withCredentials(): Promise<Record<string, string>> {
  const { credentials } = await endOnReuse(() => fetchAuthSession()).catch(asNewGuest);
  if (!credentials) throw new Error('no credentials');
  return {};
}

/** The session was ended elsewhere: forget its identity, which no guest may take. */
async function asNewGuest(error: unknown) {
  if (nameOf(error) !== 'NotAuthorizedException' || (await readTokens())) throw error;
  await signOut();
  return fetchAuthSession();
}

/** null: the session is over, and Amplify would sign as a guest instead. */
async function withIdToken(): Promise<Record<string, string> | null> {
  const tokens = await readTokens();
  return tokens?.idToken ? { Authorization: `Bearer ${tokens.idToken}` } : null;
}

function toAnswer(error: unknown): ApiAnswer {
  if (!(error instanceof ApiError) || !error.response) throw error;
  const { statusCode, headers, body } = error.response;
  return { status: statusCode, headers, body: body ?? '' };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
