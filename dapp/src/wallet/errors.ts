/**
 * WalletError
 *   code user_rejected     the person said no (EIP-1193 4001)
 *   code unauthorized      the wallet does not let this site use the account (EIP-1193 4100)
 *   code request_pending   the wallet still shows an earlier question (JSON-RPC -32002)
 *   code disconnected      the wallet has lost its chains (EIP-1193 4900, 4901)
 *   code no_account        the wallet answered without an account
 *   code wallet_failed     anything else
 */
export type WalletErrorCode =
  | 'user_rejected'
  | 'unauthorized'
  | 'request_pending'
  | 'disconnected'
  | 'no_account'
  | 'wallet_failed';

export class WalletError extends Error {
  override name = 'WalletError';
  constructor(readonly code: WalletErrorCode) {
    super(code);
  }
}

// https://eips.ethereum.org/EIPS/eip-1193#provider-errors, https://eips.ethereum.org/EIPS/eip-1474
const CODES: Record<number, WalletErrorCode> = {
  4001: 'user_rejected',
  4100: 'unauthorized',
  4900: 'disconnected',
  4901: 'disconnected',
  [-32002]: 'request_pending',
};

/** Wallets throw anything: Error objects, plain objects, strings, and nest the real one in `data`. */
export function toWalletError(thrown: unknown): WalletError {
  if (thrown instanceof WalletError) return thrown;
  const nested = field(field(thrown, 'data'), 'originalError');
  const codes = [thrown, nested].map((layer) => CODES[errorCode(layer) ?? 0]);
  return new WalletError(codes.find((code) => code !== undefined) ?? 'wallet_failed');
}

function errorCode(thrown: unknown): number | null {
  const code = field(thrown, 'code');
  if (code === 'ACTION_REJECTED') return 4001; // ethers-based wallets
  return typeof code === 'number' ? code : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const SENTENCES: Record<WalletErrorCode, string> = {
  user_rejected: 'You rejected the request in your wallet. Nothing was signed.',
  unauthorized: 'Your wallet does not allow this site to use that account.',
  request_pending: 'Your wallet is still waiting for an answer. Open it and finish that request.',
  disconnected: 'Your wallet has lost its connection to the network. Try again in a moment.',
  no_account: 'Your wallet gave no account. Unlock it, choose an account and try again.',
  wallet_failed: 'Your wallet did not answer as expected. Unlock it and try again.',
};

export function explainWalletError(error: WalletError): string {
  return SENTENCES[error.code];
}
