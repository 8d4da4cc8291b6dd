import { type Address, toChecksumAddress } from '../ethereum/address.ts';
import { SignInError } from './errors.ts';
import { createSiweMessage } from './siwe.ts';

/** What Cognito hands out as `publicChallengeParameters` (CreateAuthChallenge). */
export interface Challenge {
  nonce: string;
  issuedAt: string;
  expirationTime: string | null;
  statement: string | null;
  /** Those the server takes, its default first. */
  chainIds: number[];
}

export interface SiteLocation {
  host: string;
  origin: string;
}

/** @throws SignInError unreadable_challenge */
export function parseChallenge(parameters: Partial<Record<string, string>>): Challenge {
  const { nonce, issuedAt, expirationTime, statement, chainIds } = parameters;
  const chains = (chainIds ?? '').split(',').map(Number).filter(isChainId);
  const isReadable =
    /^[A-Za-z0-9]{8,}$/.test(nonce ?? '') &&
    isTimestamp(issuedAt) &&
    (!expirationTime || isTimestamp(expirationTime)) &&
    !/[\r\n]/.test(statement ?? '') &&
    chains.length > 0;
  if (!isReadable || !nonce || !issuedAt) throw new SignInError('unreadable_challenge');
  return {
    nonce,
    issuedAt,
    expirationTime: expirationTime || null,
    statement: statement || null,
    chainIds: chains,
  };
}

/** The message for the page's own location, so that the wallet can compare the two. */
export function composeMessage(
  challenge: Challenge,
  site: SiteLocation,
  address: Address,
  walletChainId: number | null,
): string {
  const isListed = walletChainId !== null && challenge.chainIds.includes(walletChainId);
  const chainId = isListed ? walletChainId : (challenge.chainIds[0] as number);
  const { nonce, issuedAt, expirationTime, statement } = challenge;
  return createSiweMessage({
    domain: site.host,
    uri: site.origin,
    address: toChecksumAddress(address),
    chainId,
    nonce,
    issuedAt,
    expirationTime,
    statement,
  });
}

function isChainId(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function isTimestamp(text: string | undefined): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text ?? '');
}
