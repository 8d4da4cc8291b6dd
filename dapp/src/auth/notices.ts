import type { SignInStep } from 'nft-gallery-client';
import { ConfigError } from '../config.ts';
import { codeOf, explainSignInError } from './errors.ts';
import type { Loss } from './sessionGuard.ts';

/** One line for the person. `error` interrupts a screen reader, `info` waits its turn. */
export interface Notice {
  tone: 'info' | 'error';
  text: string;
}

export const info = (text: string): Notice => ({ tone: 'info', text });
export const failure = (text: string): Notice => ({ tone: 'error', text });

export const NOTICES = {
  accountChanged: info('Wallet account changed. You are signed out; connect again to continue.'),
  disconnected: info('Wallet disconnected. You are signed out.'),
  endingEverywhere: info('Signing out everywhere…'),
  endedEverywhere: info(
    'You are signed out everywhere. Other devices lose access within 15 minutes.',
  ),
  notEndedEverywhere: failure(
    'Signing out everywhere was not confirmed, so you are still signed in. Check your connection and try again.',
  ),
  alreadyOver: failure(
    'This session was already over, so it could not end the others. Connect again to do that.',
  ),
  reused: failure(
    'Your session was continued somewhere else, so it has ended here. If that was not you, connect again and choose “Sign out everywhere”.',
  ),
  expired: info('Your session has expired. Connect your wallet again.'),
  notRestored: failure('Your session could not be restored. Check your connection and reload.'),
  noWallet: info(
    'No wallet found. Install a wallet extension, or open this page in your wallet’s own browser. You can explore collections without one.',
  ),
} as const;

export const LOSSES: Record<Loss, Notice> = {
  account_changed: NOTICES.accountChanged,
  disconnected: NOTICES.disconnected,
};

const STEPS: Record<SignInStep, (wallet: string) => string> = {
  connecting: (wallet) => `Waiting for ${wallet}: choose the account to sign in with.`,
  preparing: () => 'Preparing the message to sign…',
  signing: (wallet) => `Sign the message in ${wallet}. It costs nothing and moves nothing.`,
  'signing-again': (wallet) =>
    `The server had forgotten this wallet, so it was signed up anew. Sign once more in ${wallet}.`,
  verifying: () => 'Verifying your signature…',
};

export function stepNotice(step: SignInStep, walletName: string): Notice {
  return info(STEPS[step](walletName));
}

/** What the person declined is no error of theirs or ours: it is told calmly. */
export function explainFailure(
  error: unknown,
  otherwise: Notice = failure('Something went wrong. Reload the page and try again.'),
): Notice {
  const code = codeOf(error);
  if (code) {
    const isCalm = code === 'user_rejected' || code === 'wallet_busy';
    return (isCalm ? info : failure)(explainSignInError(code));
  }
  if (error instanceof ConfigError)
    return failure(`The gallery is not set up here: ${error.message}.`);
  return otherwise;
}
