import type { GivenTokens } from '../aws/userPool.ts';
import { WalletAuthError } from '../errors.ts';
import type { PendingSignIn, Session } from '../types.ts';
import type { Address } from '../wallet/address.ts';
import { openSignIn, type SignInDeps, type Wishes } from './openSignIn.ts';
import { createSiweMessage } from './siwe.ts';

/**
 * A sign-in whose message is written or signed elsewhere; `adopt` takes its tokens. `begin` makes an
 * answer the sign-in under way: its signal tells when nobody waits for it any more.
 */
export async function openPendingSignIn(
  address: Address,
  wishes: Wishes,
  deps: SignInDeps,
  begin: () => AbortSignal,
  adopt: (given: GivenTokens, chainId: number) => Session,
): Promise<PendingSignIn> {
  const open = await openSignIn(address, wishes, deps);

  /** Cognito takes one answer for a challenge, so the next try needs another one. */
  async function renewAfter(error: unknown): Promise<void> {
    const code = error instanceof WalletAuthError ? error.code : null;
    if (code === 'refused_signature' && (await open.signUpAgain())) return;
    if (code === 'refused_signature' || code === 'expired_challenge') await open.renew();
  }

  return {
    get challenge() {
      return open.challenge;
    },
    message: ({ chainId } = {}) => createSiweMessage(open.compose(chainId ?? null)),
    async answer(signed) {
      try {
        const { given, chainId } = await open.answer(signed, begin());
        return adopt(given, chainId);
      } catch (error) {
        await renewAfter(error).catch(() => {}); // the next answer finds out, and tries again
        throw error;
      }
    },
  };
}
