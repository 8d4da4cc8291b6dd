import { WalletAuthError } from '../errors.ts';
import type { Challenge } from '../types.ts';
import { isAddress } from '../wallet/address.ts';
import { toChainId } from '../wallet/provider.ts';
import type { SiweMessage } from './siwe.ts';

/** Reads what Cognito hands out as `ChallengeParameters`. @throws WalletAuthError unreadable_challenge */
export function parseChallenge(parameters: Partial<Record<string, string>>): Challenge {
  const { message, nonce, issuedAt, expirationTime, statement, chainIds, origins } = parameters;
  const address = message?.split('\n')[1];
  const chains = (chainIds ?? '').split(',').map(Number).filter(toChainId);
  const isReadable =
    isAddress(address) &&
    /^[A-Za-z0-9]{8,}$/.test(nonce ?? '') &&
    isTimestamp(issuedAt) &&
    (!expirationTime || isTimestamp(expirationTime)) &&
    !/[\r\n]/.test(statement ?? '') &&
    chains.length > 0;
  if (!isReadable || !nonce || !issuedAt) throw new WalletAuthError('unreadable_challenge');
  return {
    address: address as string,
    nonce,
    issuedAt,
    expirationTime: expirationTime || null,
    statement: statement || null,
    chainIds: chains,
    origins: origins ? origins.split(',') : null,
  };
}

/** What is known before a wallet is asked. @throws WalletAuthError */
export function checkWishes(
  challenge: Challenge,
  wishes: { origin: string; chainId?: number | undefined; statement?: string | undefined },
): void {
  const { origin, chainId, statement } = wishes;
  if (challenge.origins && !challenge.origins.includes(origin))
    throw new WalletAuthError('unlisted_origin');
  if (chainId !== undefined && !challenge.chainIds.includes(chainId))
    throw new WalletAuthError('chain_id_mismatch');
  if (statement !== undefined && statement !== challenge.statement)
    throw new WalletAuthError('statement_mismatch');
}

/** The message for the page's own origin, so that the wallet can compare the two. */
export function composeMessage(
  challenge: Challenge,
  origin: string,
  walletChainId: number | null,
): SiweMessage {
  const isListed = walletChainId !== null && challenge.chainIds.includes(walletChainId);
  const { address, nonce, issuedAt, expirationTime, statement } = challenge;
  return {
    domain: new URL(origin).host,
    uri: origin,
    address,
    chainId: isListed ? walletChainId : (challenge.chainIds[0] as number),
    nonce,
    issuedAt,
    expirationTime,
    statement,
  };
}

function isTimestamp(text: string | undefined): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text ?? '');
}
