import { isErrorCode, WalletAuthError, type WalletAuthErrorCode } from '../errors.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A call that hangs would keep the other tabs waiting for its lock. */
const LONGEST_MS = 30_000;

/** What AWS answers with: the name of its exception, such as `NotAuthorizedException`. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  constructor(
    readonly type: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html @throws AwsError, WalletAuthError */
export async function callAws<Answer>(
  fetch: Fetch,
  endpoint: string,
  target: string,
  body: unknown,
): Promise<Answer> {
  const response = await fetch(`${endpoint}/`, {
    method: 'POST',
    cache: 'no-store',
    signal: AbortSignal.timeout(LONGEST_MS),
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new WalletAuthError('unreachable', { cause });
  });
  const text = await response.text().catch(() => '');
  const answer = parseJson(text) as { __type?: unknown; message?: unknown } | null;
  if (response.ok) return (answer ?? {}) as Answer;
  const type = String(answer?.__type ?? '').replace(/^.*#/, '');
  throw new AwsError(type, response.status, String(answer?.message ?? ''));
}

/** null where the text is no JSON, or JSON's null. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What an exception of Cognito means for a sign-in. */
export function toSignInError(thrown: unknown): WalletAuthError {
  if (thrown instanceof WalletAuthError) return thrown;
  if (!(thrown instanceof AwsError))
    return new WalletAuthError('sign_in_failed', { cause: thrown });
  return new WalletAuthError(codeOf(thrown), { cause: thrown });
}

function codeOf({ type, status, message }: AwsError): WalletAuthErrorCode {
  if (type === 'NotAuthorizedException' || type === 'UserNotFoundException')
    return /expired|Invalid session/i.test(message) ? 'expired_challenge' : 'refused_signature';
  if (/TooManyRequests|LimitExceeded|Throttl/.test(type) || status === 429) return 'rate_limited';
  if (type === 'ForbiddenException') return 'blocked';
  // "PreSignUp failed with error sign_up_refused."
  const code = /failed with error (\w+)/.exec(message)?.[1] ?? '';
  if (isErrorCode(code)) return code;
  return status >= 500 ? 'service_unavailable' : 'sign_in_failed';
}
