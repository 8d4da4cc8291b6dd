import type { Nft } from 'nft-gallery-client';
import { displayText } from '../displayText.ts';

/** Why a token is folded away: the provider says so, or its words do. */
export type SpamReason =
  | {
      by: 'provider' /** In the provider's words; often empty. */;
      classifications: readonly string[];
    }
  | { by: 'words' };

/** What an NFT and a contract both say; only an NFT has words of its own. */
type Judged = Pick<Nft, 'spam' | 'collection' | 'contract'> &
  Partial<Pick<Nft, 'name' | 'description'>>;

export function spamReason(nft: Judged): SpamReason | null {
  const { isSpam, classifications } = nft.spam;
  if (isSpam) return { by: 'provider', classifications };
  const names = [nft.name, nft.collection.name, nft.contract.name];
  const shown = names.map((name) => displayText(name ?? null, 80)).join(' ');
  return isLure(shown, displayText(nft.description ?? null, 240) ?? '') ? { by: 'words' } : null;
}

const SITE = /https?:|www\.|[\w-]\.(com|io|xyz|net|org|co|app|site|top|online|vip|gift|claims?)\b/i;
const BAIT = /claim|airdrop|reward|voucher|visit|free|\$\s?\d/i;

/** A site for a name and a gift in the text, as a person reads them: no provider flags all. */
export function isLure(names: string, description: string): boolean {
  return SITE.test(names) && BAIT.test(`${names} ${description}`);
}
