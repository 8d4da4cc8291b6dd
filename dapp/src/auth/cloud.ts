import type { JsonRecord } from '../json.ts';

/** What the page needs of AWS. `amplify.ts` is the one implementation; tests pass their own. */
export interface UserPool {
  id: string;
  /** Whether that made a user; false for a wallet that has signed up before. */
  signUp(username: string, password: string): Promise<boolean>;
  /** Starts CUSTOM_AUTH; resolves to the public challenge parameters. */
  startSignIn(username: string): Promise<Partial<Record<string, string>>>;
  /** false: the answer was wrong. */
  answerChallenge(answer: string): Promise<boolean>;
  /** The user name of the session kept in this browser; null without a valid one. */
  currentUsername(): Promise<string | null>;
  /** Claims of the current ID token, refreshed if it had expired; null without a session. */
  idTokenClaims(): Promise<JsonRecord | null>;
  /**
   * Whether the session ended because its refresh token had been used before: somebody else may
   * hold a copy, and Cognito lets that one go on.
   */
  wasReused(): boolean;
  /** Revokes the refresh token, drops all tokens and credentials. */
  signOut(): Promise<void>;
  /** Revokes every session of the wallet. Drops nothing here. @throws when Cognito does not confirm */
  revokeEverywhere(): Promise<void>;
}

/** `iam`: SigV4 with the identity pool's credentials. `user-pool`: the ID token as bearer. */
export type ApiAuthorization = 'iam' | 'user-pool';

export interface ApiAnswer {
  status: number;
  /** Lower-case names; only those CORS lets through. */
  headers: Partial<Record<string, string>>;
  body: string;
}

export interface Api {
  /** Any answer, whatever its status. Throws only when there is none. */
  get(
    route: string,
    query: Record<string, string>,
    authorization: ApiAuthorization,
    signal: AbortSignal,
  ): Promise<ApiAnswer>;
}

export interface Cloud extends UserPool, Api {}

/** Loads once; a failure is not kept, so the next intent tries again. */
export function loadOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let pending: Promise<Value> | null = null;
  return () => {
    pending ??= load().catch((error: unknown) => {
      pending = null;
      throw error;
    });
    return pending;
  };
}
