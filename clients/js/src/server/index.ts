import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose';
import { WalletAuthError, type WalletAuthErrorCode } from '../errors.ts';
import type { WalletAuthConfig } from '../types.ts';
import { isAddress } from '../wallet/address.ts';

export type IdTokenConfig = Pick<
  WalletAuthConfig,
  'region' | 'userPoolId' | 'userPoolClientId' | 'userPoolEndpoint'
>;

export interface IdTokenOptions {
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** Whose token it is. */
export interface VerifiedWallet {
  /** EIP-55. */
  wallet: string;
  /** null where the gallery allows several chains. */
  chainId: number | null;
  expiresAt: Date;
}

export type IdTokenVerifier = (idToken: string) => Promise<VerifiedWallet>;

const LONGEST_TOKEN = 8192;
const KEYS = { cooldownDuration: 60_000, cacheMaxAge: 86_400_000, timeoutDuration: 5_000 };

/**
 * For your own server: whose wallet an ID token proves, if it is one of this gallery. Make one for
 * each gallery and keep it: it reads the pool's keys once a day, and once a minute at most for keys
 * that it does not know.
 *
 * Whoever holds an ID token is its wallet until it ends. Take it from your own pages only.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * It rejects with invalid_token or expired_token; keys_unavailable says nothing of the token.
 */
export function createIdTokenVerifier(
  config: IdTokenConfig,
  { fetch, now = Date.now }: IdTokenOptions = {},
): IdTokenVerifier {
  const { region, userPoolId, userPoolClientId: audience } = config;
  const aws = `https://cognito-idp.${region}.amazonaws.com`;
  const url = `${config.userPoolEndpoint ?? aws}/${userPoolId}/.well-known/jwks.json`;
  const keys = createRemoteJWKSet(new URL(url), {
    ...KEYS,
    ...(fetch && { [customFetch]: fetch }),
  });
  return async (idToken) => {
    if (typeof idToken !== 'string' || idToken.length > LONGEST_TOKEN)
      throw new WalletAuthError('invalid_token');
    const expected = {
      algorithms: ['RS256'],
      issuer: `${aws}/${userPoolId}`,
      audience,
      requiredClaims: ['exp'],
      currentDate: new Date(now()),
    };
    const verified = await jwtVerify(idToken, keys, expected).catch((error: unknown) => {
      throw new WalletAuthError(codeOf(error));
    });
    return walletOf(verified.payload, audience);
  };
}

const verifiers = new Map<string, IdTokenVerifier>();

/** As {@link createIdTokenVerifier}; the keys of each configuration are remembered. */
export function verifyIdToken(idToken: string, config: IdTokenConfig): Promise<VerifiedWallet> {
  const { region, userPoolId, userPoolClientId, userPoolEndpoint } = config;
  const name = JSON.stringify([region, userPoolId, userPoolClientId, userPoolEndpoint]);
  const verify = verifiers.get(name) ?? createIdTokenVerifier(config);
  verifiers.set(name, verify);
  return verify(idToken);
}

/** jose names no error of its own for keys that did not come. */
const WITHOUT_KEYS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

function codeOf(error: unknown): WalletAuthErrorCode {
  if (error instanceof errors.JWTExpired) return 'expired_token';
  const isOfToken = error instanceof errors.JOSEError && !WITHOUT_KEYS.has(error.code);
  return isOfToken ? 'invalid_token' : 'keys_unavailable';
}

/** @throws WalletAuthError invalid_token, where the claims are those of no wallet, or no ID token's */
function walletOf(claims: JWTPayload, audience: string): VerifiedWallet {
  const { wallet, exp, chain_id, token_use, aud } = claims;
  const isIdToken = token_use === 'id' && aud === audience && Number.isSafeInteger(exp);
  const isWallet = isAddress(wallet) && claims['cognito:username'] === wallet.toLowerCase();
  const chain = chain_id ?? null;
  const isChain =
    chain === null || /^[1-9][0-9]{0,15}$/.test(typeof chain === 'string' ? chain : '');
  if (!isIdToken || !isWallet || !isChain) throw new WalletAuthError('invalid_token');
  const expiresAt = new Date((exp as number) * 1000);
  return { wallet, chainId: chain === null ? null : Number(chain), expiresAt };
}
