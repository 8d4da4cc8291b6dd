import type { Session } from 'nft-gallery-client';
import { asCount, asRecord, asText, type JsonRecord, parseJson } from '../json.ts';

/** What the ID token says about this browser's session; times are Cognito's. */
export interface SessionDetails {
  /** host[:port] of the page. */
  site: string;
  /** When the wallet signed. */
  signedInAt: Date;
  /** When these tokens were made: at sign-in or at the last refresh. */
  renewedAt: Date;
  /** When these tokens expire; they are refreshed before they are needed again. */
  validUntil: Date;
  /** null: the server names no chain, because it allows several. */
  chainId: string | null;
}

/** null when a time is missing. */
export function readSessionDetails(
  { idToken }: Pick<Session, 'idToken'>,
  site: string,
): SessionDetails | null {
  const claims = claimsOf(idToken);
  const signedInAt = asDate(claims.auth_time);
  const renewedAt = asDate(claims.iat);
  const validUntil = asDate(claims.exp);
  if (!signedInAt || !renewedAt || !validUntil) return null;
  return { site, signedInAt, renewedAt, validUntil, chainId: asText(claims.chain_id) };
}

function asDate(seconds: unknown): Date | null {
  const count = asCount(seconds);
  return count === null ? null : new Date(count * 1000);
}

function claimsOf(token: string): JsonRecord {
  const payload = token.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '';
  return asRecord(parseJson(atob(payload))) ?? {};
}
