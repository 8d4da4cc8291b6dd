import { API_ERROR_CODES, type SignInErrorCode } from './generated.ts';

export type ApiErrorCode = (typeof API_ERROR_CODES)[number];

/** Why a message is not sent: the server's own codes for the same refusals. Where a text adds nothing, the code is it. */
const MESSAGE_ERRORS = {
  malformed_message: '',
  address_mismatch: '',
  domain_mismatch: 'the domain is not the URI’s',
  unlisted_origin: 'the origin is not in AllowedOrigins',
  chain_id_mismatch: 'the chain is not in ChainIds',
  nonce_mismatch: '',
  statement_mismatch: '',
  issued_at_out_of_range: 'issued by a clock that is over a minute off',
  expired_message: '',
  message_not_yet_valid: '',
} satisfies Partial<Record<SignInErrorCode, string>>;

/** What Cognito lets a client see of a refused sign-up or token. */
const SIGN_UP_ERRORS = {
  sign_up_refused: '',
  sign_up_not_supported: '',
  user_name_not_an_address: '',
  user_attributes_not_allowed: '',
  token_refused: '',
  token_source_not_supported: '',
  token_user_not_a_wallet: '',
} satisfies Partial<Record<SignInErrorCode, ''>>;

const SESSION_ERRORS = {
  invalid_config: 'config lacks a value',
  invalid_argument: '',
  unknown_route: '',
  shared_origin: 'other sites here could read the session',
  unreadable_challenge: 'the challenge lacks a field of EIP-4361',
  refused_signature: '',
  expired_challenge: '',
  sign_in_failed: '',
  not_signed_in: '',
  session_ended: 'the wallet has to sign again',
  session_reused: 'the refresh token was used before',
  cancelled: '',
  unreachable: '',
  service_unavailable: '',
  forbidden: 'API Gateway or IAM refuses',
  unreadable_response: '',
};

// https://eips.ethereum.org/EIPS/eip-1193#provider-errors, https://eips.ethereum.org/EIPS/eip-1474
const WALLET_ERRORS = {
  user_rejected: '',
  wallet_unauthorized: 'the wallet does not let this site use the account',
  wallet_busy: '',
  wallet_disconnected: '',
  wallet_unsupported: '',
  no_account: '',
  another_account: '',
  wallet_failed: '',
};

const MESSAGES = { ...MESSAGE_ERRORS, ...SIGN_UP_ERRORS, ...SESSION_ERRORS, ...WALLET_ERRORS };

/** Of `./server` only, so no page carries them. */
export type TokenErrorCode = 'invalid_token' | 'expired_token' | 'keys_unavailable';

export type WalletAuthErrorCode = ApiErrorCode | TokenErrorCode | keyof typeof MESSAGES;

/** Where time makes the difference, or the person who refused. */
const RETRYABLE =
  /_(unavailable|timeout)$|^(rate_limited|unreachable|expired_challenge|user_rejected|wallet_(busy|disconnected))$/;

export interface WalletAuthErrorDetails {
  /** For people who write programs. */
  message?: string | undefined;
  /** Of the API's response, to be found in its log. */
  requestId?: string | null;
  retryAfterSeconds?: number | null;
  cause?: unknown;
}

/** The one error of this package. `code` is stable: compare it, not the message. */
export class WalletAuthError extends Error {
  override readonly name = 'WalletAuthError';
  readonly code: WalletAuthErrorCode;
  /** Whether the same call may succeed later, with nothing changed. */
  readonly retryable: boolean;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(code: WalletAuthErrorCode, details: WalletAuthErrorDetails = {}) {
    const { message, requestId = null, retryAfterSeconds = null, cause } = details;
    super(message ?? messageOf(code), { cause });
    this.code = code;
    this.retryable = RETRYABLE.test(code);
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function messageOf(code: WalletAuthErrorCode): string {
  return (MESSAGES as Partial<Record<WalletAuthErrorCode, string>>)[code] || code;
}

export function isApiErrorCode(code: unknown): code is ApiErrorCode {
  return API_ERROR_CODES.includes(code as ApiErrorCode);
}

/** Every code that an error in a page can have. */
export function isErrorCode(code: string): code is WalletAuthErrorCode {
  return Object.hasOwn(MESSAGES, code) || isApiErrorCode(code);
}
