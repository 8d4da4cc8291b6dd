import { toSignInError } from '../aws/call.ts';
import type { GivenTokens, UserPool } from '../aws/userPool.ts';
import { WalletAuthError } from '../errors.ts';
import { toHex } from '../hex.ts';
import type { Clock } from '../session/clock.ts';
import type { Challenge, SignedMessage } from '../types.ts';
import type { Address } from '../wallet/address.ts';
import { checkWishes, composeMessage, parseChallenge } from './challenge.ts';
import { checkMessage } from './checkMessage.ts';
import type { SignUps } from './signUps.ts';
import type { SiweMessage } from './siwe.ts';

export interface SignInDeps {
  userPool: UserPool;
  signUps: SignUps;
  clock: Clock;
  /** Of the page: `https://host`. */
  origin: string;
}

export interface Wishes {
  chainId?: number | undefined;
  statement?: string | undefined;
}

export interface SignedIn {
  given: GivenTokens;
  chainId: number;
}

/** A challenge that Cognito waits for an answer to. */
export interface OpenSignIn {
  readonly address: Address;
  readonly challenge: Challenge;
  /** The message for the challenge: for that chain if it is listed, else for the default one. */
  compose(chainId: number | null): SiweMessage;
  /**
   * Tokens that come when nobody waits for them any more are revoked.
   * @throws WalletAuthError refused_signature, cancelled, or why the message is not sent
   */
  answer(signed: SignedMessage, signal: AbortSignal): Promise<SignedIn>;
  /** Takes a new challenge: each is for one answer. */
  renew(): Promise<void>;
  /** Whether a refused wallet had no user any more, and has one now. */
  signUpAgain(): Promise<boolean>;
}

/** Signs up, unless this browser did so before, and takes a challenge. @throws WalletAuthError */
export async function openSignIn(
  address: Address,
  wishes: Wishes,
  deps: SignInDeps,
): Promise<OpenSignIn> {
  const { userPool, signUps, clock, origin } = deps;
  let isSignedUp = signUps.has(address);
  let session = '';
  let challenge: Challenge;

  /** Whether that made a user. */
  async function signUp(): Promise<boolean> {
    const isNew = await userPool.signUp(address, randomPassword());
    signUps.add(address);
    return isNew;
  }

  async function renew(): Promise<void> {
    const opened = await userPool.startSignIn(address);
    challenge = parseChallenge(opened.parameters);
    session = opened.session;
    if (challenge.address.toLowerCase() !== address)
      throw new WalletAuthError('unreadable_challenge');
    clock.note(Date.parse(challenge.issuedAt));
    checkWishes(challenge, { ...wishes, origin });
  }

  async function answer(
    { message, signature }: SignedMessage,
    signal: AbortSignal,
  ): Promise<SignedIn> {
    if (Date.parse(challenge.expirationTime ?? '') <= clock.now())
      throw new WalletAuthError('expired_challenge');
    const { chainId } = checkMessage(message, challenge, clock.now());
    const given = await userPool.answer(address, session, JSON.stringify({ message, signature }));
    if (!given) throw new WalletAuthError('refused_signature');
    if (!signal.aborted) return { given, chainId };
    await userPool.revoke(given.RefreshToken);
    throw new WalletAuthError('cancelled');
  }

  /**
   * Cognito does not tell that a user is gone (cleaned up, say): it asks, and refuses any answer. So a refused wallet
   * signs up once. Where that makes a user, the wallet signs once more; where it does not, the answer was wrong.
   */
  async function signUpAgain(): Promise<boolean> {
    if (!isSignedUp) return false;
    isSignedUp = false;
    if (!(await signUp())) return false;
    await renew();
    return true;
  }

  await rethrown(async () => {
    if (!isSignedUp) await signUp();
    await renew();
  });
  return {
    address,
    get challenge() {
      return challenge;
    },
    compose: (chainId) => composeMessage(challenge, origin, chainId),
    answer: (signed, signal) => rethrown(() => answer(signed, signal)),
    renew: () => rethrown(renew),
    signUpAgain: () => rethrown(signUpAgain),
  };
}

async function rethrown<Value>(run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    throw toSignInError(error);
  }
}

/** Cognito wants a password; nobody ever uses it. 256 bits in hex, and one of every class. */
function randomPassword(): string {
  return `Aa0!${toHex(crypto.getRandomValues(new Uint8Array(32)))}`;
}
