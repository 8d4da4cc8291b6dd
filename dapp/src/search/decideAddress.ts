import type { Address } from '../ethereum/address.ts';
import type { Route } from '../routing/routes.ts';

/** What the API is asked about an address. Each rejects with a failure other than "not found". */
export interface AddressQuestions {
  /** Whether there is an NFT contract at the address. */
  isCollection(chainId: number, address: Address): Promise<boolean>;
  /** Whether a name points to the address and back: contracts of NFTs have none. */
  hasName(address: Address): Promise<boolean>;
  /** The chains that are no test networks. */
  mainChains(): Promise<readonly number[]>;
}

/**
 * The page of an address: a collection's where there is an NFT contract, else a wallet's. Where no
 * chain is given, `firstChainId` is asked before the others. @throws what the first question throws
 */
export async function decideAddress(
  address: Address,
  { chainId, firstChainId }: { chainId: number | null; firstChainId: number },
  ask: AddressQuestions,
): Promise<Route> {
  const first = chainId ?? firstChainId;
  const collection = (on: number): Route => ({
    page: 'collection',
    chainId: on,
    contract: address,
  });
  const owner: Route = { page: 'owner', owner: address };
  const named = orNo(ask.hasName(address));
  if (await ask.isCollection(first, address)) return collection(first);
  if (chainId !== null || (await named)) return owner;
  const chains = (await ask.mainChains()).filter((other) => other !== first);
  // a chain that does not answer must not keep a wallet from its page
  const found = await Promise.all(chains.map((other) => orNo(ask.isCollection(other, address))));
  const at = found.indexOf(true);
  return at < 0 ? owner : collection(chains[at] as number);
}

function orNo(answer: Promise<boolean>): Promise<boolean> {
  return answer.catch(() => false);
}
