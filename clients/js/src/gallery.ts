import { toApiError } from './api/apiErrors.ts';
import { WalletAuthError } from './errors.ts';
import type { Chains, ContractDetails, EnsName, Nft, NftPage, TokenMetadata } from './generated.ts';
import type { WalletAuth } from './types.ts';

export type Chain = Chains['chains'][number];

export interface CallOptions {
  signal?: AbortSignal;
}

export interface ContractOf extends CallOptions {
  chainId: number;
  /** The contract's address. */
  contract: string;
}

export interface TokenOf extends ContractOf {
  /** Decimal; up to 78 digits, so not a number. */
  tokenId: string | bigint;
}

/** Whether pictures are named only, or fetched by the API: of up to 512 KB, or larger ones too. */
export type ImageChoice = 'link' | 'small' | 'inline';

export interface ListOptions extends CallOptions {
  /** Of a page: 1 to 100, 50 by default. */
  limit?: number;
  /** `nextCursor` of the page to go on from; good for a day. */
  cursor?: string;
}

export interface OwnedOptions extends ListOptions {
  chainId: number;
  /** Only of this contract. */
  contract?: string;
  spam?: 'include' | 'exclude';
}

/** Walks every page: `for await (const nft of list)`. Each walk begins anew. */
export interface NftList extends AsyncIterable<Nft> {
  /** Page by page, with cursor, provider and counts. */
  pages(): AsyncIterable<NftPage>;
}

/** The NFT API. Every call rejects with a `WalletAuthError`; `code` is the API's own. */
export interface Gallery {
  chains(options?: CallOptions): Promise<Chain[]>;
  /** `image` puts both pictures into `collection.inlined`: `inline` fetches up to 2 MB each. */
  contract(options: ContractOf & { image?: ImageChoice }): Promise<ContractDetails>;
  contractNfts(options: ContractOf & ListOptions): NftList;
  /** The same with `media.inlined`, up to 4 MB. Show pictures through `<img>` only. */
  nft(options: TokenOf & { image?: ImageChoice }): Promise<Nft>;
  /** `owner` is an address or an ENS name. */
  ownedNfts(options: OwnedOptions & { owner: string }): NftList;
  /** Of the wallet that is signed in. */
  myNfts(options: OwnedOptions): NftList;
  /** As the token's own contract names it. Show an image through `<img>` only. */
  metadata(options: TokenOf & { image?: 'link' | 'inline' }): Promise<TokenMetadata>;
  /** Whether the wallet that is signed in holds a token of the contract. */
  holds(options: ContractOf): Promise<boolean>;
  /** null where ENS knows no address for the name. */
  resolveName(options: { name: string } & CallOptions): Promise<EnsName | null>;
  /** The name that the address has and that points back to it; null where there is none. */
  nameOf(options: { address: string } & CallOptions): Promise<EnsName | null>;
  /** The same of the wallet that is signed in; no call to the identity pool. */
  myName(options?: CallOptions): Promise<EnsName | null>;
}

type Query = Record<string, string | number | undefined>;

export function gallery(auth: Pick<WalletAuth, 'fetch'>): Gallery {
  async function ask(path: string, { signal }: CallOptions, query: Query = {}): Promise<Response> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) search.set(name, `${value}`);
    const response = await auth.fetch(`${path}?${search}`, signal ? { signal } : {});
    if (!response.ok) throw await toApiError(response);
    return response;
  }

  async function read<Answer>(path: string, options: CallOptions, query?: Query): Promise<Answer> {
    const response = await ask(path, options, query);
    return response.json().catch((cause: unknown) => {
      const code = options.signal?.aborted ? 'cancelled' : 'unreadable_response';
      throw new WalletAuthError(code, { cause });
    });
  }

  const list = (path: string, options: ListOptions & Partial<OwnedOptions>, query: Query = {}) =>
    walk(options.cursor, (cursor) =>
      read<NftPage>(path, options, { ...query, limit: options.limit, cursor }),
    );

  const pictured = <Answer>(path: string, options: CallOptions & { image?: string }) =>
    read<Answer>(path, options, { image: options.image });

  const named = (path: string, options: CallOptions) =>
    read<EnsName>(path, options).catch(orElse('not_found', null));

  return {
    chains: async (options = {}) => (await read<Chains>('/chains', options)).chains,
    contract: (options) => pictured(contractPath(options), options),
    contractNfts: (options) => list(`${contractPath(options)}/nfts`, options),
    nft: (options) => pictured(tokenPath(options), options),
    ownedNfts: (options) =>
      list(
        path`/chains/${options.chainId}/owners/${options.owner}/nfts`,
        options,
        filters(options),
      ),
    myNfts: (options) =>
      list('/me/nfts', options, { chainId: options.chainId, ...filters(options) }),
    metadata: (options) => pictured(`${tokenPath(options)}/metadata`, options),
    holds: (options) =>
      ask(path`/gate/${options.chainId}/${options.contract}`, options).then(
        () => true,
        orElse('not_a_holder', false),
      ),
    resolveName: (options) => named(path`/names/${options.name}`, options),
    nameOf: (options) => named(path`/addresses/${options.address}/name`, options),
    myName: (options = {}) => named('/me/name', options),
  };
}

/** null is the only end: a page may be empty before it. */
function walk(
  first: string | undefined,
  readPage: (cursor: string | undefined) => Promise<NftPage>,
): NftList {
  async function* pages(): AsyncGenerator<NftPage> {
    for (let cursor: string | null | undefined = first; cursor !== null; ) {
      const page: NftPage = await readPage(cursor);
      if (page.nextCursor !== null && page.nextCursor === cursor)
        throw new WalletAuthError('list_broken');
      yield page;
      cursor = page.nextCursor;
    }
  }
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.items;
    },
  };
}

const contractPath = ({ chainId, contract }: ContractOf) =>
  path`/chains/${chainId}/contracts/${contract}`;

const tokenPath = (options: TokenOf) => `${contractPath(options)}${path`/nfts/${options.tokenId}`}`;

const filters = ({ contract, spam }: OwnedOptions): Query => ({ contract, spam });

function orElse<Value>(code: string, value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof WalletAuthError && error.code === code) return value;
    throw error;
  };
}

/** Values become one segment each. A URL takes `.` and `..` for the way up, however they are written. */
function path(texts: TemplateStringsArray, ...values: (string | number | bigint)[]): string {
  const segments = values.map((value) => encodeURIComponent(`${value}`));
  if (segments.some((segment) => /^\.{0,2}$/.test(segment)))
    throw new WalletAuthError('invalid_argument');
  return String.raw({ raw: texts }, ...segments);
}
