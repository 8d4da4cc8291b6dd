import type { Address } from '../ethereum/address.ts';
import type { Notice } from './notices.ts';

export type SessionStatus =
  | { status: 'guest' }
  | { status: 'restoring' }
  /** `other`: what the wallet shows in place of `address`, until the person says what is to become of it. */
  | { status: 'signed-in'; address: Address; other: Address | null }
  /** Over without a sign-out: what was shown may stay, and the wallet may sign in again. */
  | { status: 'expired'; address: Address; isReused: boolean }
  | { status: 'signing-out' };

export type SessionState = SessionStatus & { notice: Notice | null };

/** Whose session it is or was; null for a guest. */
export function holderOf(state: SessionState): Address | null {
  return state.status === 'signed-in' || state.status === 'expired' ? state.address : null;
}
