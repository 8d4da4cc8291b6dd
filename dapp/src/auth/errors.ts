/**
 * SignInError
 *   code shared_origin       this page shares its origin with other sites (IPFS path gateway)
 *   code unreadable_challenge  the server's challenge lacks a field of EIP-4361
 *   code refused_signature   the server does not take the signature for the account's
 *   code expired_challenge   the person took longer than the challenge lives
 *   code throttled           too many attempts
 *   code blocked             a firewall in front of the user pool stopped the request
 *   code unreachable         no answer from the user pool
 *   code sign_in_failed      anything else
 */
export type SignInErrorCode =
  | 'shared_origin'
  | 'unreadable_challenge'
  | 'refused_signature'
  | 'expired_challenge'
  | 'throttled'
  | 'blocked'
  | 'unreachable'
  | 'sign_in_failed';

export class SignInError extends Error {
  override name = 'SignInError';
  constructor(readonly code: SignInErrorCode) {
    super(code);
  }
}

/** Reads the name Cognito or Amplify gave an exception. */
export function toSignInError(thrown: unknown): SignInError {
  if (thrown instanceof SignInError) return thrown;
  const name = thrown instanceof Error ? thrown.name : '';
  const message = thrown instanceof Error ? thrown.message : '';
  if (name === 'NotAuthorizedException' || name === 'UserNotFoundException')
    return new SignInError(/expired/i.test(message) ? 'expired_challenge' : 'refused_signature');
  if (/TooManyRequests|LimitExceeded|Throttl/.test(name)) return new SignInError('throttled');
  if (name === 'ForbiddenException') return new SignInError('blocked');
  if (name === 'NetworkError') return new SignInError('unreachable');
  return new SignInError('sign_in_failed');
}

const SENTENCES: Record<SignInErrorCode, string> = {
  shared_origin:
    'Sign-in is off at this address: on an IPFS path gateway, every other site could read your session. Open the gallery at its own domain to sign in. Collections can be explored here.',
  unreadable_challenge: 'The server sent no usable sign-in message. Try again later.',
  refused_signature: 'The signature was refused, so you are not signed in.',
  expired_challenge: 'Signing took too long and the request expired. Connect again.',
  throttled: 'Too many attempts. Wait a minute and try again.',
  blocked:
    'A firewall stopped this sign-in: too many requests from your network, or one that looked like an attack. Wait some minutes and try again.',
  unreachable: 'The sign-in server cannot be reached. Check your connection and try again.',
  sign_in_failed: 'Signing in did not work. Try again.',
};

export function explainSignInError(error: SignInError): string {
  return SENTENCES[error.code];
}
