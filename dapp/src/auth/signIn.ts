import type { Address } from '../ethereum/address.ts';
import { WalletError } from '../wallet/errors.ts';
import { composeMessage, parseChallenge, type SiteLocation } from './challenge.ts';
import type { UserPool } from './cloud.ts';
import { SignInError, toSignInError } from './errors.ts';

export type SignInStep = 'preparing' | 'signing' | 'verifying';

export interface Signer {
  address: Address;
  readChainId(): Promise<number | null>;
  sign(message: string): Promise<string>;
}

export interface SignInDeps {
  userPool: UserPool;
  site: SiteLocation;
  randomBytes(length: number): Uint8Array;
  onStep(step: SignInStep): void;
}

/**
 * Sign up (again: it is harmless), take a challenge, let the wallet sign it, answer.
 * @throws WalletError when the wallet or its owner refuses
 * @throws SignInError when the server does; no session is left behind
 */
export async function signInWithWallet(signer: Signer, deps: SignInDeps): Promise<void> {
  try {
    deps.onStep('preparing');
    await deps.userPool.signUp(signer.address, randomPassword(deps.randomBytes));
    const answer = await answerChallenge(signer, deps);
    deps.onStep('verifying');
    if (!(await deps.userPool.answerChallenge(answer))) throw new SignInError('refused_signature');
  } catch (error) {
    if (error instanceof WalletError) throw error;
    throw toSignInError(error);
  }
}

async function answerChallenge(signer: Signer, deps: SignInDeps): Promise<string> {
  const challenge = parseChallenge(await deps.userPool.startSignIn(signer.address));
  const message = composeMessage(challenge, deps.site, signer.address, await signer.readChainId());
  deps.onStep('signing');
  return JSON.stringify({ message, signature: await signer.sign(message) });
}

/** Cognito wants a password; nobody ever uses it. 256 bits in hex, and one of every class. */
export function randomPassword(randomBytes: (length: number) => Uint8Array): string {
  const hex = Array.from(randomBytes(32), (byte) => byte.toString(16).padStart(2, '0'));
  return `Aa0!${hex.join('')}`;
}
