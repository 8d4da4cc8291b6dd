import { WalletAuthError } from '../errors.ts';
import type { SignedMessage, Signer, SignInOptions, SignInStep } from '../types.ts';
import { untilAborted } from '../untilAborted.ts';
import type { Address } from '../wallet/address.ts';
import { walletOfKey, walletOfProvider } from '../wallet/signers.ts';
import { isLoss } from '../wallet/watchWallet.ts';
import { type OpenSignIn, openSignIn, type SignedIn, type SignInDeps } from './openSignIn.ts';
import { createSiweMessage } from './siwe.ts';

export interface WalletSignIn extends SignInOptions {
  /** Aborted once nobody waits for the sign-in any more. */
  signal: AbortSignal;
  /** Gives up: the wallet shows another account. */
  cancel(): void;
  /** The wallet of an earlier session; ERC-7846 asks it for all at once. */
  knownAddress: Address | null;
  /** No other account may sign. */
  onlyAddress: Address | null;
}

/**
 * Takes a challenge, lets the wallet sign it, answers.
 * @throws WalletAuthError; no session is left behind
 */
export async function signInWithWallet(
  signer: Signer,
  options: WalletSignIn,
  deps: SignInDeps,
): Promise<SignedIn> {
  const onStep = (step: SignInStep) => options.onStep?.(step);
  /** What a wallet takes its time for: given up as soon as nobody waits. */
  const wait = <Value>(asked: Promise<Value>) => untilAborted(asked, options.signal);

  onStep('connecting');
  const wallet = 'signMessage' in signer ? walletOfKey(signer) : walletOfProvider(signer);
  const known = options.knownAddress && (await wait(wallet.isNew())) ? options.knownAddress : null;
  const open = known && (await prepare(known));
  const connected = open && (await connectInOnePrompt(open));
  const address = connected?.address ?? (await wait(wallet.account()));
  refuseOther(address);
  const stopWatching = wallet.watch((event) => {
    if (isLoss(event, address)) options.cancel();
  });
  try {
    const isOpen = open && address === known;
    const asked = isOpen ? open : await prepare(address);
    return await answer(asked, isOpen ? (connected?.signed ?? null) : null);
  } finally {
    stopWatching();
  }

  function refuseOther(address: Address): void {
    if (options.onlyAddress && address !== options.onlyAddress)
      throw new WalletAuthError('another_account');
  }

  async function prepare(address: Address): Promise<OpenSignIn> {
    onStep('preparing');
    return wait(openSignIn(address, options, deps));
  }

  async function connectInOnePrompt(open: OpenSignIn) {
    onStep('signing');
    return wait(wallet.connect(open.compose(options.chainId ?? null)));
  }

  async function answer(open: OpenSignIn, signed: SignedMessage | null): Promise<SignedIn> {
    try {
      return await send(open, signed ?? (await sign(open, 'signing')));
    } catch (error) {
      if (!isRefusal(error) || options.signal.aborted) throw error;
      onStep('preparing');
      if (!(await wait(open.signUpAgain()))) throw error;
      return send(open, await sign(open, 'signing-again'));
    }
  }

  async function sign(open: OpenSignIn, step: SignInStep): Promise<SignedMessage> {
    const chainId = options.chainId ?? (await wait(wallet.chainId()));
    const message = createSiweMessage(open.compose(chainId));
    onStep(step);
    if (options.signal.aborted) throw new WalletAuthError('cancelled'); // do not ask for it
    return { message, signature: await wait(wallet.sign(message, open.address)) };
  }

  async function send(open: OpenSignIn, signed: SignedMessage): Promise<SignedIn> {
    onStep('verifying');
    return open.answer(signed, options.signal);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof WalletAuthError && error.code === 'refused_signature';
}
