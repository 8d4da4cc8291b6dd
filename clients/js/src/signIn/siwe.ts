/** The fields of https://eips.ethereum.org/EIPS/eip-4361 this site uses. */
export interface SiweMessage {
  /** host[:port] of the page. */
  domain: string;
  /** EIP-55. */
  address: string;
  statement: string | null;
  /** Origin of the page. */
  uri: string;
  chainId: number;
  nonce: string;
  issuedAt: string;
  expirationTime: string | null;
}

/** The text a wallet signs. Its line breaks are LF, and it has none at the end. */
export function createSiweMessage(message: SiweMessage): string {
  const lines = [
    `${message.domain} wants you to sign in with your Ethereum account:`,
    message.address,
    '',
    ...(message.statement === null ? [] : [message.statement]),
    '',
    `URI: ${message.uri}`,
    'Version: 1',
    `Chain ID: ${message.chainId}`,
    `Nonce: ${message.nonce}`,
    `Issued At: ${message.issuedAt}`,
    ...(message.expirationTime === null ? [] : [`Expiration Time: ${message.expirationTime}`]),
  ];
  return lines.join('\n');
}
