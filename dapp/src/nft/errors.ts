/**
 * NftError: why a list of NFTs did not come. `code` is the API's own where it gave one
 * (`{"error":{code,message,requestId}}`); these are the page's:
 *   unauthorized     401, or a 403 for an expired token: the session is over
 *   forbidden        API Gateway or IAM refused
 *   unreachable      no answer at all
 *   unreadable       an answer nobody can read
 *   not_configured   no usable config.json
 */
export class NftError extends Error {
  override name = 'NftError';
  constructor(
    readonly code: string,
    readonly requestId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(code);
  }
}

const SENTENCES: Record<string, string> = {
  bad_request: 'The provider did not understand this request.',
  missing_parameter: 'The request lacked a parameter.',
  unsupported_chain: 'This provider does not cover that chain.',
  invalid_cursor: 'The list has changed in the meantime. Load it again.',
  cursor_expired: 'The list has changed in the meantime. Load it again.',
  not_found: 'The provider knows nothing at this address.',
  upstream_auth: 'The provider refused this gallery. Try the other provider, or come back later.',
  upstream_quota: 'This gallery has used up its quota with the provider. Try the other provider.',
  upstream_unavailable: 'The provider is not available right now.',
  upstream_timeout: 'The provider took too long to answer.',
  unauthorized: 'Your session has expired. Connect your wallet again.',
  blocked:
    'A firewall stopped this request: too many from your network, or one that looked like an attack. Wait some minutes and try again.',
  forbidden: 'You are not allowed to read this list.',
  not_configured: 'The gallery is not set up here: its config.json is missing or wrong.',
  unreachable: 'The gallery’s API cannot be reached. Check your connection.',
  unreadable: 'The provider sent an answer that cannot be read.',
};

export function explainNftError(error: NftError): string {
  if (error.code === 'rate_limited') return explainRateLimit(error.retryAfterSeconds);
  return SENTENCES[error.code] ?? 'Something went wrong while loading NFTs.';
}

function explainRateLimit(seconds: number | null): string {
  const wait = !seconds || seconds === 1 ? 'a moment' : `${seconds} seconds`;
  return `Too many requests. Wait ${wait}, then try again.`;
}
