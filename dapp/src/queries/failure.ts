import type { WalletAuthErrorCode } from 'nft-gallery-client';
import { codeOf } from '../auth/errors.ts';
import { ConfigError } from '../config.ts';

/**
 * The client's codes, and the page's own: no usable config.json, a part that did not load, and a refused
 * signature of what the page finds to be a contract.
 */
export type FailureCode =
  | WalletAuthErrorCode
  | 'not_configured'
  | 'part_missing'
  | 'contract_wallet_refused';

/** Why nothing came, for the page to say. `text/en.ts` has a sentence for every code. */
export interface Failure {
  code: FailureCode;
  /** Of the API's response, to be found in its log. */
  requestId: string | null;
  /** At most an hour; null where the server names no time. */
  retryAfterSeconds: number | null;
}

const HOUR = 3600;

export function toFailure(error: unknown): Failure {
  const code = codeOf(error);
  if (code === null) {
    const own = error instanceof ConfigError ? 'not_configured' : 'part_missing';
    return { code: own, requestId: null, retryAfterSeconds: null };
  }
  const { requestId, retryAfterSeconds } = error as Error & Failure;
  const isSoon = retryAfterSeconds !== null && retryAfterSeconds <= HOUR;
  return { code, requestId, retryAfterSeconds: isSoon ? retryAfterSeconds : null };
}

/** The session of these is over; the API's own code for that is `unauthorized`. */
const OVER: ReadonlySet<FailureCode> = new Set([
  'unauthorized',
  'not_signed_in',
  'session_ended',
  'session_reused',
]);

export const isSessionOver = ({ code }: Pick<Failure, 'code'>) => OVER.has(code);
