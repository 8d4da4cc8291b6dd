import type { Address } from '../ethereum/address.ts';
import { WalletError } from '../wallet/errors.ts';
import { composeMessage, parseChallenge, type SiteLocation } from './challenge.ts';
import type { UserPool } from './cloud.ts';
import { SignInError, toSignInError } from './errors.ts';
import type { SignUps } from './signUps.ts';

export type SignInStep = 'preparing' | 'signing' | 'signing-again' | 'verifying';

export interface Signer {
  address: Address;
  readChainId(): Promise<number | null>;
  /** Asks the person: one prompt. */
  sign(message: string): Promise<string>;
}

export interface SignInDeps {
  userPool: UserPool;
  signUps: SignUps;
  site: SiteLocation;
  randomBytes(length: number): Uint8Array;
  onStep(step: SignInStep): void;
  /** Whether the person has not cancelled. */
  isWanted(): boolean;
}

/**
 * Sign up, unless this browser did so before; take a challenge, let the wallet sign it, answer.
 * @throws WalletError when the wallet or its owner refuses
 * @throws SignInError when the server does; no session is left behind
 */
export async function signInWithWallet(signer: Signer, deps: SignInDeps): Promise<void> {
  const hasSignedUp = deps.signUps.has(signer.address);
  try {
    deps.onStep('preparing');
    await (hasSignedUp ? signInAgain : signInFirst)(signer, deps);
  } catch (error) {
    throw error instanceof WalletError ? error : toSignInError(error);
  }
}

async function signInFirst(signer: Signer, deps: SignInDeps): Promise<void> {
  await signUp(signer, deps);
  await answerChallenge(signer, 'signing', deps);
}

/**
 * Cognito does not tell that a user is gone (cleaned up, say): it asks, and refuses any answer. So a refused wallet
 * signs up once. Where that makes a user, the wallet signs once more; where it does not, the answer was wrong.
 */
async function signInAgain(signer: Signer, deps: SignInDeps): Promise<void> {
  try {
    await answerChallenge(signer, 'signing', deps);
  } catch (error) {
    if (toSignInError(error).code !== 'refused_signature' || !deps.isWanted()) throw error;
    deps.onStep('preparing');
    if (!(await signUp(signer, deps))) throw error;
    await answerChallenge(signer, 'signing-again', deps);
  }
}

/** Whether that made a user. */
async function signUp({ address }: Signer, deps: SignInDeps): Promise<boolean> {
  const isNew = await deps.userPool.signUp(address, randomPassword(deps.randomBytes));
  deps.signUps.add(address);
  return isNew;
}

async function answerChallenge(
  signer: Signer,
  step: 'signing' | 'signing-again',
  deps: SignInDeps,
): Promise<void> {
  const challenge = parseChallenge(await deps.userPool.startSignIn(signer.address));
  const message = composeMessage(challenge, deps.site, signer.address, await signer.readChainId());
  deps.onStep(step);
  const answer = JSON.stringify({ message, signature: await signer.sign(message) });
  deps.onStep('verifying');
  if (!(await deps.userPool.answerChallenge(answer))) throw new SignInError('refused_signature');
}

/** Cognito wants a password; nobody ever uses it. 256 bits in hex, and one of every class. */
export function randomPassword(randomBytes: (length: number) => Uint8Array): string {
  const hex = Array.from(randomBytes(32), (byte) => byte.toString(16).padStart(2, '0'));
  return `Aa0!${hex.join('')}`;
}
