import type { Nft } from 'nft-gallery-client';

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
  const names = [nft.name, nft.collection.name, nft.contract.name].join(' ');
  return isLure(names, nft.description ?? '') ? { by: 'words' } : null;
}

const SITE = /https?:|www\.|[\w-]\.(com|io|xyz|net|org|co|app|site|top|online|vip|gift|claims?)\b/i;
const BAIT = /claim|airdrop|reward|voucher|visit|free|\$\s?\d/i;

/** A site for a name and a gift in the text: no provider flags all of them. */
export function isLure(names: string, description: string): boolean {
  return SITE.test(names) && BAIT.test(`${names} ${description}`);
}
