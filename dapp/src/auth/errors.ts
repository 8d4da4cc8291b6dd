import type { WalletAuthErrorCode } from 'nft-gallery-client';

type Sentences = Partial<Record<WalletAuthErrorCode, string>>;

const SIGN_IN: Sentences = {
  shared_origin:
    'Sign-in is off at this address: on an IPFS path gateway, every other site could read your session. Open the gallery at its own domain to sign in. Collections can be explored here.',
  unlisted_origin:
    'Sign-in is off at this address: the server does not list it. Open the gallery at its own domain to sign in.',
  unreadable_challenge: 'The server sent no usable sign-in message. Try again later.',
  refused_signature: 'The signature was refused, so you are not signed in.',
  expired_challenge: 'Signing took too long and the request expired. Connect again.',
  rate_limited: 'Too many attempts. Wait a minute and try again.',
  blocked:
    'A firewall stopped this sign-in: too many requests from your network, or one that looked like an attack. Wait some minutes and try again.',
  unreachable: 'The sign-in server cannot be reached. Check your connection and try again.',
};

const WALLET: Sentences = {
  user_rejected: 'You rejected the request in your wallet. Nothing was signed.',
  wallet_unauthorized: 'Your wallet does not allow this site to use that account.',
  wallet_busy: 'Your wallet is still waiting for an answer. Open it and finish that request.',
  wallet_disconnected: 'Your wallet has lost its connection to the network. Try again in a moment.',
  wallet_unsupported: 'Your wallet cannot sign messages, so it cannot sign in here.',
  no_account: 'Your wallet gave no account. Unlock it, choose an account and try again.',
  wallet_failed: 'Your wallet did not answer as expected. Unlock it and try again.',
};

const SENTENCES: Sentences = { ...SIGN_IN, ...WALLET };

/** The code of the client's error; null for anything else. Its class is loaded with Amplify only. */
export function codeOf(error: unknown): WalletAuthErrorCode | null {
  const isOurs = error instanceof Error && error.name === 'WalletAuthError';
  return isOurs ? (Reflect.get(error, 'code') as WalletAuthErrorCode) : null;
}

export function explainSignInError(code: WalletAuthErrorCode): string {
  return SENTENCES[code] ?? 'Signing in did not work. Try again.';
}
