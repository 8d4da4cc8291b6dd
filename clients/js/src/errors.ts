import { API_ERROR_CODES, type SignInErrorCode } from './generated.ts';

export type ApiErrorCode = (typeof API_ERROR_CODES)[number];

/** Why a message is not sent: the server's own codes for the same refusals. */
const MESSAGE_ERRORS = {
  malformed_message: 'This is no EIP-4361 message.',
  address_mismatch: 'The message names another address than the challenge.',
  domain_mismatch: 'The message is for another domain than its URI.',
  uri_mismatch: 'The message is for another origin.',
  unlisted_origin: 'The server does not list this origin: see AllowedOrigins.',
  chain_id_mismatch: 'The server does not take this chain: see ChainIds.',
  nonce_mismatch: 'The message answers another challenge.',
  statement_mismatch: 'The server asks for another statement.',
  issued_at_out_of_range: 'The message was issued by a clock that is over a minute off.',
  expired_message: 'The expiration time of the message has come.',
  message_not_yet_valid: 'The not-before time of the message is still to come.',
} satisfies Partial<Record<SignInErrorCode, string>>;

/** What Cognito lets a client see of a refused sign-up or token. */
const SIGN_UP_ERRORS = {
  sign_up_refused: 'The server makes no user for this wallet.',
  sign_up_not_supported: 'Only wallets sign up, by themselves.',
  user_name_not_an_address: 'The user name is not a lower-case address.',
  user_attributes_not_allowed: 'A wallet brings no attributes.',
  token_refused: 'The server makes no token for this wallet.',
  token_source_not_supported: 'The server makes tokens for an answered challenge only.',
  token_user_not_a_wallet: 'The user is no wallet.',
} satisfies Partial<Record<SignInErrorCode, string>>;

const SESSION_ERRORS = {
  invalid_config: 'The configuration lacks a value, or the origin is not known.',
  invalid_argument: 'An argument has a value that cannot be sent.',
  unknown_route: 'No route of the API has this path.',
  shared_origin: 'This page shares its origin with other sites, which could read a session.',
  unreadable_challenge: 'The challenge of the server lacks a field of EIP-4361.',
  refused_signature: 'The server does not take the signature for the wallet’s.',
  expired_challenge: 'Signing took longer than the challenge lives.',
  sign_in_failed: 'The sign-in failed.',
  not_signed_in: 'No wallet is signed in.',
  session_ended: 'The session has ended: the wallet has to sign again.',
  session_reused: 'The refresh token was used before: somebody else may have a copy.',
  cancelled: 'The call was cancelled.',
  unreachable: 'No response: the network or the server is away.',
  service_unavailable: 'AWS cannot answer now.',
  forbidden: 'API Gateway or IAM refuses the request.',
  unreadable_response: 'The response cannot be read.',
} as const;

// https://eips.ethereum.org/EIPS/eip-1193#provider-errors, https://eips.ethereum.org/EIPS/eip-1474
const WALLET_ERRORS = {
  user_rejected: 'The person rejected the request in the wallet.',
  wallet_unauthorized: 'The wallet does not let this site use the account.',
  wallet_busy: 'The wallet still shows an earlier request.',
  wallet_disconnected: 'The wallet has lost its chains.',
  wallet_unsupported: 'The wallet does not know the method.',
  no_account: 'The wallet gave no account.',
  another_account: 'The wallet shows another account than the session’s.',
  wallet_failed: 'The wallet did not answer as expected.',
} as const;

const MESSAGES = { ...MESSAGE_ERRORS, ...SIGN_UP_ERRORS, ...SESSION_ERRORS, ...WALLET_ERRORS };

export type WalletAuthErrorCode = ApiErrorCode | keyof typeof MESSAGES;

const RETRYABLE: ReadonlySet<WalletAuthErrorCode> = new Set([
  'rate_limited',
  'metadata_timeout',
  'metadata_unavailable',
  'name_unavailable',
  'providers_unavailable',
  'store_unavailable',
  'upstream_timeout',
  'upstream_unavailable',
  'expired_challenge',
  'expired_message',
  'refused_signature',
  'service_unavailable',
  'unreachable',
  'unreadable_response',
  'user_rejected',
  'wallet_busy',
  'wallet_disconnected',
] satisfies WalletAuthErrorCode[]);

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
  /** Whether the same call may succeed later, or once the person does otherwise. */
  readonly retryable: boolean;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(code: WalletAuthErrorCode, details: WalletAuthErrorDetails = {}) {
    const { message, requestId = null, retryAfterSeconds = null, cause } = details;
    super(message ?? messageOf(code), cause === undefined ? {} : { cause });
    this.code = code;
    this.retryable = RETRYABLE.has(code);
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function messageOf(code: WalletAuthErrorCode): string {
  return code in MESSAGES ? MESSAGES[code as keyof typeof MESSAGES] : code;
}

export function isApiErrorCode(code: unknown): code is ApiErrorCode {
  return API_ERROR_CODES.includes(code as ApiErrorCode);
}

/** Every code that an error can have. */
export function isErrorCode(code: string): code is WalletAuthErrorCode {
  return Object.hasOwn(MESSAGES, code) || isApiErrorCode(code);
}
