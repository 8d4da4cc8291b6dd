import type {
  Gallery as Api,
  Chain,
  ContractDetails,
  EnsName,
  Nft,
  NftList,
  NftPage,
  TokenMetadata,
} from 'nft-gallery-client';
import type { Cache, ListQuery, Query } from './cache.ts';
import { createKnownNodes } from './knownNodes.ts';

export interface ContractKey {
  chainId: number;
  contract: string;
}

export interface TokenKey extends ContractKey {
  tokenId: string;
}

export interface OwnedKey {
  chainId: number;
  /** An address or a name; null is the wallet that is signed in. */
  owner: string | null;
  contract?: string;
}

export type NftListQuery = ListQuery<NftPage>;

/** Every question that a page asks the API. Same arguments, same answer: one request. */
export interface GalleryQueries {
  chains(): Query<readonly Chain[]>;
  contract(of: ContractKey): Query<ContractDetails>;
  contractNfts(of: ContractKey): NftListQuery;
  nft(of: TokenKey): Query<Nft>;
  metadata(of: TokenKey): Query<TokenMetadata>;
  /** A `data:` URL of the picture that stands on a stranger's host; null where none can be had. */
  inlinePicture(of: TokenKey, image: 'small' | 'inline'): Query<string | null>;
  ownedNfts(of: OwnedKey): NftListQuery;
  holds(of: ContractKey): Query<boolean>;
  resolveName(name: string): Query<EnsName | null>;
  /** By its own token for the wallet that is signed in; a guest's credentials for others. */
  nameOf(address: string): Query<EnsName | null>;
  /** Of the wallet whose session there is or was: never costs a guest's credentials. */
  holderName(holder: string): Query<EnsName | null>;
  /** Nothing of a wallet stays after it. */
  forgetOwn(): void;
  /** The wallet is back: what failed for want of it is asked again. */
  resumeOwn(): void;
}

const PAGE_SIZE = 100;
/** Begins the key of what belongs to the wallet that is signed in. */
const OWN = 'own';
/** Every name is asked of Ethereum's node. */
const NAMES = 'names';

/** `signedIn`: the wallet's address in lower case; null for a guest. */
export function createGalleryQueries(
  cache: Cache,
  loadApi: () => Promise<Api>,
  signedIn: () => string | null,
): GalleryQueries {
  const ask =
    <Value>(call: (api: Api, options: { signal: AbortSignal }) => Promise<Value>) =>
    async (signal: AbortSignal) =>
      call(await loadApi(), { signal });

  const withNode = createKnownNodes();

  const pages = (key: string, open: (api: Api, options: PageOptions) => NftList) =>
    cache.list<NftPage>(key, async (cursor, signal) =>
      firstPage(open(await loadApi(), { limit: PAGE_SIZE, signal, ...(cursor && { cursor }) })),
    );

  const ens = (
    key: string,
    call: (api: Api, options: { signal: AbortSignal }) => Promise<EnsName | null>,
  ) => cache.query(key, withNode(NAMES, ask(call)));

  const holderName = (holder: string) =>
    ens(keyOf(OWN, { name: holder.toLowerCase() }), (api, options) => api.myName(options));

  return {
    chains: () =>
      cache.query(
        'chains',
        ask((api, options) => api.chains(options)),
      ),
    contract: (of) =>
      cache.query(
        keyOf('contract', of),
        ask((api, options) => api.contract({ ...of, ...options })),
      ),
    contractNfts: (of) =>
      pages(keyOf('contractNfts', of), (api, options) => api.contractNfts({ ...of, ...options })),
    nft: (of) =>
      cache.query(
        keyOf('nft', of),
        ask((api, options) => api.nft({ ...of, ...options })),
      ),
    metadata: (of) =>
      cache.query(
        keyOf('metadata', of),
        withNode(
          `${of.chainId}`,
          ask((api, options) => api.metadata({ ...of, ...options, image: 'link' })),
        ),
      ),
    inlinePicture: (of, image) =>
      cache.query(
        keyOf(`picture ${image}`, of),
        ask(async (api, options) => {
          const { media } = await api.nft({ ...of, ...options, image });
          return media.inlined?.url ?? null;
        }),
      ),
    ownedNfts: ({ owner, ...of }) =>
      pages(keyOf(owner === null ? OWN : 'ownedNfts', { owner, ...of }), (api, options) =>
        owner === null
          ? api.myNfts({ ...of, ...options })
          : api.ownedNfts({ ...of, ...options, owner }),
      ),
    holds: (of) =>
      cache.query(
        keyOf(OWN, { gate: of }),
        ask((api, options) => api.holds({ ...of, ...options })),
      ),
    resolveName: (name) =>
      ens(keyOf('resolveName', name), (api, options) => api.resolveName({ name, ...options })),
    nameOf: (address) =>
      address.toLowerCase() === signedIn()
        ? holderName(address)
        : ens(keyOf('nameOf', address.toLowerCase()), (api, options) =>
            api.nameOf({ address, ...options }),
          ),
    holderName,
    forgetOwn: () => cache.forget(OWN),
    resumeOwn: () => cache.resume(OWN),
  };
}

interface PageOptions {
  limit: number;
  signal: AbortSignal;
  cursor?: string;
}

async function firstPage(list: NftList): Promise<NftPage> {
  for await (const page of list.pages()) return page;
  throw new Error('a list has at least one page');
}

const keyOf = (name: string, of: unknown) => `${name} ${JSON.stringify(of)}`;
