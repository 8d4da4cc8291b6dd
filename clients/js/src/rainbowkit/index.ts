import { WalletAuthError } from '../errors.ts';
import type { PendingSignIn, WalletAuth } from '../types.ts';

/**
 * RainbowKit's `AuthenticationAdapter<string>`, which wants no package of it.
 * https://rainbowkit.com/docs/custom-authentication
 */
export interface RainbowKitAdapter {
  getNonce(): Promise<string>;
  createMessage(args: { nonce: string; address: string; chainId: number }): Promise<string>;
  verify(args: { message: string; signature: string }): Promise<boolean>;
  signOut(): Promise<void>;
}

export interface RainbowKitAdapterOptions {
  /** RainbowKit shows the same words for every error; its reason is told here. */
  onError?: (error: WalletAuthError) => void;
}

/** RainbowKit asks for one before it knows the wallet, and keeps it: the message has another. */
const UNUSED_NONCE = 'theMessageHasItsOwn';

/**
 * Sign-in by RainbowKit's own window. Each attempt takes a challenge of its own for the wallet, so
 * that after a refused signature a right one is taken.
 */
export function createRainbowKitAdapter(
  auth: Pick<WalletAuth, 'startSignIn' | 'signOut'>,
  { onError = () => {} }: RainbowKitAdapterOptions = {},
): RainbowKitAdapter {
  /** By message: a person may press twice, and sign the first. */
  const open = new Map<string, PendingSignIn>();

  function tell(error: unknown): void {
    onError(
      error instanceof WalletAuthError
        ? error
        : new WalletAuthError('sign_in_failed', { cause: error }),
    );
  }

  async function createMessage({ address, chainId }: { address: string; chainId: number }) {
    try {
      const pending = await auth.startSignIn({ address });
      const message = pending.message({ chainId });
      open.set(message, pending);
      return message;
    } catch (error) {
      tell(error);
      throw error;
    }
  }

  async function verify(signed: { message: string; signature: string }): Promise<boolean> {
    const pending = open.get(signed.message);
    open.delete(signed.message);
    try {
      if (!pending) throw new WalletAuthError('nonce_mismatch');
      await pending.answer(signed);
      open.clear();
      return true;
    } catch (error) {
      tell(error);
      return false;
    }
  }

  return {
    getNonce: async () => UNUSED_NONCE,
    createMessage,
    verify,
    async signOut() {
      open.clear();
      await auth.signOut();
    },
  };
}
