import type { ChainName } from '../bar/chainName.ts';
import { displayText } from '../displayText.ts';
import { isAddress, shortAddress } from '../ethereum/address.ts';
import type { Route } from '../routing/routes.ts';
import type { Texts } from '../text/en.ts';
import type { Reading } from './reading.ts';
import type { Recent } from './recents.ts';

/** Two lines of a suggestion. `title` may be a stranger's words, made fit for display. */
export interface Description {
  title: string;
  detail: string;
}

type Words = Texts['search'];
/** What Enter does. */
export function describeReading(
  reading: Reading,
  typed: string,
  words: Words,
  chainName: ChainName,
): Description | null {
  if (reading.is === 'nothing') return null;
  if (reading.is === 'page') return describeRoute(reading.route, words, chainName);
  const title = displayText(typed, 60) ?? '';
  const detail = reading.is === 'address' ? words.walletOrCollection : words.findOut;
  return { title: isAddress(typed) ? shortAddress(typed) : title, detail };
}

export function describeRecent(recent: Recent, words: Words, chainName: ChainName): Description {
  const { title, detail } = describeRoute(recent.route, words, chainName);
  return { title: displayText(recent.name, 60) ?? title, detail };
}

function describeRoute(route: Route, words: Words, chainName: ChainName): Description {
  if (route.page === 'owner') {
    const { owner } = route;
    const title = isAddress(owner) ? shortAddress(owner) : (displayText(owner, 60) ?? owner);
    return { title, detail: words.wallet };
  }
  if (route.page !== 'collection' && route.page !== 'token')
    return { title: words.page, detail: words.ofThisSite };
  const { chainId, contract } = route;
  const chain = chainName(chainId);
  if (route.page === 'collection')
    return {
      title: shortAddress(contract),
      detail: on(chain, words.collectionOn, words.collection),
    };
  const id = route.tokenId.length > 12 ? `${route.tokenId.slice(0, 8)}…` : route.tokenId;
  return {
    title: `${shortAddress(contract)} #${id}`,
    detail: on(chain, words.tokenOn, words.token),
  };
}

function on(chain: string | null, said: (chain: string) => string, otherwise: string): string {
  return chain === null ? otherwise : said(chain);
}
