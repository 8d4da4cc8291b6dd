import { parseJson } from '../aws/call.ts';
import { isApiErrorCode, WalletAuthError, type WalletAuthErrorCode } from '../errors.ts';

/** Our own shape first; API Gateway and IAM have theirs (`message`, `Message`). */
export async function toApiError(response: Response): Promise<WalletAuthError> {
  const body = parseJson(await response.text().catch(() => ''));
  const { error, message } = (body ?? {}) as {
    error?: { code?: unknown; message?: unknown; requestId?: unknown };
    message?: unknown;
  };
  const code = isApiErrorCode(error?.code) ? error.code : codeOf(response.status, message);
  return new WalletAuthError(code, {
    message: text(error?.message) ?? undefined,
    requestId: text(error?.requestId) ?? response.headers.get('x-amzn-requestid'),
    retryAfterSeconds: retryAfterSeconds(response),
  });
}

/** null where the response says no number of seconds. */
export function retryAfterSeconds(response: Response): number | null {
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return seconds >= 0 ? seconds : null;
}

function codeOf(status: number, message: unknown): WalletAuthErrorCode {
  if (status === 401 || /expired/i.test(text(message) ?? '')) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limited';
  if (status === 504) return 'upstream_timeout';
  return status >= 500 ? 'upstream_unavailable' : 'bad_request';
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
