import { claimsOf } from '../session/tokens.ts';
import type { Session, WalletAuth } from '../types.ts';

/** Amplify's tokens and credentials, all by `auth`, so that nobody refreshes beside it. */
export function providersOf(auth: WalletAuth) {
  return {
    tokenProvider: {
      async getTokens({ forceRefresh = false } = {}) {
        const session = await (forceRefresh ? refreshed(auth) : auth.session());
        return session && toTokens(session);
      },
    },
    credentialsProvider: {
      async getCredentialsAndIdentityId() {
        const { identityId, ...credentials } = await auth.credentials();
        return { credentials, identityId };
      },
      clearCredentialsAndIdentityId() {}, // the next ones are those of the session there is then
    },
  };
}

/** null where there is no session any more, as Amplify's own provider answers. */
async function refreshed(auth: WalletAuth): Promise<Session | null> {
  return auth.refresh().catch(async (error: unknown) => {
    if (await auth.session()) throw error;
    return null;
  });
}

export function toTokens({ idToken, accessToken, wallet }: Session) {
  const loginId = wallet.toLowerCase();
  return {
    idToken: toJwt(idToken),
    accessToken: toJwt(accessToken),
    signInDetails: { loginId, authFlowType: 'CUSTOM_WITHOUT_SRP' as const },
  };
}

function toJwt(token: string) {
  return { payload: claimsOf(token) as Record<string, never>, toString: () => token };
}
