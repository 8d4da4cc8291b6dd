import { WalletAuthError, type WalletAuthErrorCode } from '../errors.ts';
import type { Challenge } from '../types.ts';

/** How far the server lets a client's clock be off its own. */
export const CLOCK_SKEW_SECONDS = 60;

const RECAP = 'I further authorize the stated URI to perform the following actions on my behalf:';
const MESSAGE =
  /^(?:[\w+.-]+:\/\/)?(?<domain>\S+) wants you to sign in with your Ethereum account:\n(?<address>0x[0-9a-fA-F]{40})\n(?:\n(?<statement>.+))?\n\nURI: (?<uri>\S+)\nVersion: 1\nChain ID: (?<chainId>\d+)\nNonce: (?<nonce>\w+)\nIssued At: (?<issuedAt>\S+)(?:\nExpiration Time: (?<expirationTime>\S+))?(?:\nNot Before: (?<notBefore>\S+))?(?:\n(?:Request ID|Resources):[\s\S]*)?$/;

/**
 * Why the server would refuse a message that somebody else wrote. It refuses without a reason, so
 * the reason is found here; what is not looked at here (a recap's own form, say), it still refuses.
 * @throws WalletAuthError with the server's code for the same
 */
export function checkMessage(text: string, challenge: Challenge, now: number): { chainId: number } {
  const fields = MESSAGE.exec(text)?.groups;
  if (!fields) throw new WalletAuthError('malformed_message');
  const code = refusal(fields, challenge, now);
  if (code) throw new WalletAuthError(code);
  return { chainId: Number(fields.chainId) };
}

function refusal(
  fields: Record<string, string | undefined>,
  challenge: Challenge,
  now: number,
): WalletAuthErrorCode | null {
  const uri = URL.canParse(fields.uri ?? '') ? new URL(fields.uri ?? '') : null;
  const issued = Date.parse(fields.issuedAt ?? '');
  const skew = CLOCK_SKEW_SECONDS * 1000;
  const checks: [boolean, WalletAuthErrorCode][] = [
    [fields.address?.toLowerCase() !== challenge.address.toLowerCase(), 'address_mismatch'],
    [
      challenge.origins !== null && !challenge.origins.includes(uri?.origin ?? ''),
      'unlisted_origin',
    ],
    [uri?.host !== fields.domain?.toLowerCase(), 'domain_mismatch'],
    [!challenge.chainIds.includes(Number(fields.chainId)), 'chain_id_mismatch'],
    [fields.nonce !== challenge.nonce, 'nonce_mismatch'],
    [withoutRecap(fields.statement) !== challenge.statement, 'statement_mismatch'],
    [!(issued >= Date.parse(challenge.issuedAt) - skew), 'issued_at_out_of_range'],
    [!(issued <= now + skew), 'issued_at_out_of_range'],
    [Date.parse(fields.expirationTime ?? '') <= now, 'expired_message'],
    [Date.parse(fields.notBefore ?? '') > now, 'message_not_yet_valid'],
  ];
  return checks.find(([isWrong]) => isWrong)?.[1] ?? null;
}

/** ERC-5573: a recap's sentence ends the statement, after a space. */
function withoutRecap(statement: string | undefined): string | null {
  return statement?.split(RECAP)[0]?.replace(/ $/, '') || null;
}
