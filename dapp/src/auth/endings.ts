import type { DeletedAccount, WalletAuth } from 'nft-gallery-client';
import type { Texts } from '../text/en.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { codeOf } from './errors.ts';
import { info, type Notice, problem } from './notices.ts';
import { readSessionDetails, type SessionDetails } from './sessionDetails.ts';

/** What a session's holder may ask about its end. */
export interface Endings {
  /** Stays signed in, and says so, unless Cognito confirms. */
  signOutEverywhere(): Promise<void>;
  /**
   * Deletes the server's record of the wallet, after a signature of it.
   * @throws WalletAuthError; no_account where the wallet is not here
   */
  deleteAccount(signal: AbortSignal): Promise<DeletedAccount | null>;
  /** null when the session is over, which ends it here too. */
  details(): Promise<SessionDetails | null>;
}

export interface EndingsDeps {
  connect(): Promise<WalletAuth>;
  /** The function says whether nothing has started since. */
  mark(): () => boolean;
  end(): Promise<void>;
  signOut(notice: Notice): Promise<void>;
  notify(notice: Notice): void;
  wallet(): Wallet | null;
  texts: Pick<Texts, 'notices'>;
  host: string;
}

/** Where there is no session any more that could end the others. */
const OVER: ReadonlySet<string> = new Set(['not_signed_in', 'session_ended', 'session_reused']);

export function createEndings(deps: EndingsDeps): Endings {
  const { connect, mark, notify, signOut } = deps;
  const { notices } = deps.texts;

  async function signOutEverywhere() {
    const isCurrent = mark();
    notify(info(notices.endingEverywhere));
    try {
      await (await connect()).signOut({ everywhere: true });
      if (isCurrent()) await signOut(info(notices.endedEverywhere));
    } catch (error) {
      if (!isCurrent()) return;
      const code = codeOf(error);
      if (code !== null && OVER.has(code)) await signOut(problem(notices.alreadyOver));
      else notify(problem(notices.notEndedEverywhere));
    }
  }

  async function deleteAccount(signal: AbortSignal) {
    const isCurrent = mark();
    const wallet = deps.wallet();
    if (!wallet) return null;
    const deleted = await (await connect()).deleteAccount(wallet.provider, { signal });
    if (isCurrent()) await signOut(info(notices.deleted));
    return deleted;
  }

  async function details() {
    const isCurrent = mark();
    const found = await (await connect()).session();
    if (found === null && isCurrent()) await deps.end();
    return found && readSessionDetails(found, deps.host);
  }

  return { signOutEverywhere, deleteAccount, details };
}
