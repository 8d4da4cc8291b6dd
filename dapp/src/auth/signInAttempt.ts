import type { SignInStep, WalletAuth, WalletEvent } from 'nft-gallery-client';
import type { Address } from '../ethereum/address.ts';
import { type FailureCode, toFailure } from '../queries/failure.ts';
import { observed } from '../wallet/observed.ts';
import { isContract, type Wallet } from '../wallet/wallet.ts';

export interface Attempt {
  wallet: Wallet;
  /** No other account may sign in. */
  only: Address | null;
  /** Of this attempt: aborted by whoever gives it up. */
  controller: AbortController;
  /** `message`: what the wallet is asked to sign, once it is. */
  onStep(step: SignInStep, message: string | null): void;
}

export type Outcome = { address: Address } | { code: FailureCode; error: unknown };

/** One sign-in, from connecting to the session or to the reason why there is none. Never throws. */
export async function attemptSignIn(
  loadAuth: () => Promise<WalletAuth>,
  { wallet, only, controller, onStep }: Attempt,
): Promise<Outcome> {
  const seen: Seen = { loss: null, account: null, step: 'connecting', message: null };
  const show = (change: Partial<Seen>) => {
    Object.assign(seen, change);
    onStep(seen.step, seen.message);
  };
  const provider = observed(wallet.provider, {
    onMessage: (message) => show({ message }),
    onAccount(account) {
      seen.account = account;
      if (only === null || account === only) return;
      seen.loss = 'another_account';
      controller.abort();
    },
  });
  let stopWatching = () => {};
  show({});
  try {
    const auth = await loadAuth();
    stopWatching = auth.watchWallet(provider, noteIn(seen), { keepSession: true });
    const { signal } = controller;
    const made = await auth.signIn(provider, { signal, onStep: (step) => show({ step }) });
    return { address: made.wallet.toLowerCase() as Address };
  } catch (error) {
    return { code: await explain(toFailure(error).code, wallet, seen), error };
  } finally {
    stopWatching();
  }
}

interface Seen {
  /** What became of the wallet meanwhile, which the client gives up for without a reason. */
  loss: FailureCode | null;
  account: Address | null;
  step: SignInStep;
  message: string | null;
}

const LOSSES: Partial<Record<WalletEvent['type'], FailureCode>> = {
  'account-changed': 'another_account',
  locked: 'no_account',
  disconnected: 'wallet_disconnected',
};

const noteIn = (seen: Seen) => (event: WalletEvent) => {
  seen.loss = LOSSES[event.type] ?? seen.loss;
};

async function explain(code: FailureCode, wallet: Wallet, seen: Seen): Promise<FailureCode> {
  if (code === 'cancelled') return seen.loss ?? code;
  if (code !== 'refused_signature' || seen.account === null) return code;
  return (await isContract(wallet, seen.account)) ? 'contract_wallet_refused' : code;
}
