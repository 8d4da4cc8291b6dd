// react/index.d.ts
export { useWalletAuth, WalletAuthProvider, type WalletAuthProviderProps } from './provider.js';
export type { SessionState } from './sessionStore.js';
export { type OwnedNfts, type UseOwnedNftsOptions, useOwnedNfts } from './useOwnedNfts.js';
export { useSession } from './useSession.js';

// react/provider.d.ts
import { type ReactElement, type ReactNode } from 'react';
import type { WalletAuth } from '../types.js';
export interface WalletAuthProviderProps {
    /** Of `createWalletAuth` or `createAmplifyWalletAuth`; made once, outside of a component. */
    auth: WalletAuth;
    children?: ReactNode;
}
/** The sign-in that the hooks below use. */
export declare function WalletAuthProvider({ auth, children }: WalletAuthProviderProps): ReactElement;
/** @throws WalletAuthError invalid_config, where there is no provider above */
export declare function useWalletAuth(): WalletAuth;

// types.d.ts
/** `config.json`, as the stack's output `DappConfig` writes it. Other keys are left alone. */
export interface WalletAuthConfig {
    region: string;
    userPoolId: string;
    userPoolClientId: string;
    identityPoolId: string;
    /** With the stage: `https://…amazonaws.com/prod`. */
    apiEndpoint: string;
    /** Where everybody's look-ups are answered unsigned, if the stack has `PublicLookups`. */
    publicUrl?: string | null;
    /** Only on the local stack. */
    userPoolEndpoint?: string | null;
    identityPoolEndpoint?: string | null;
}
type Listener = (...args: any[]) => void;
/** https://eips.ethereum.org/EIPS/eip-1193 */
export interface Eip1193Provider {
    request(call: any): Promise<unknown>;
    on?(event: string, listener: Listener): unknown;
    removeListener?(event: string, listener: Listener): unknown;
}
/** A key that signs by itself: viem's or ethers' account in two lines, a server's, a test's. */
export interface MessageSigner {
    address: string;
    /** The EIP-191 signature of a text, in hex. */
    signMessage(text: string): Promise<string>;
}
export type Signer = Eip1193Provider | MessageSigner;
/** A wallet that is signed in. Whoever holds its ID token is the wallet until it ends. */
export interface Session {
    /** EIP-55. */
    wallet: string;
    /** The chain that was signed for; null where the tokens were put there by another library. */
    chainId: number | null;
    /** When these tokens end, by the server's clock. `session()` refreshes them before. */
    expiresAt: Date;
    idToken: string;
    accessToken: string;
}
export interface Tokens {
    idToken: string;
    accessToken: string;
    refreshToken: string;
    chainId: number | null;
}
/** Where a session stays. The default writes one key of `storage`. */
export interface TokenStore {
    read(): Tokens | null;
    write(tokens: Tokens | null): void;
    /** Calls when somebody else has written: another tab, if it says nothing. Returns the function that stops it. */
    subscribe?(listener: (change?: SessionChange) => void): () => void;
}
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
export interface WalletAuthOptions {
    /** The page's own: `location.origin`. A script has to name one of `AllowedOrigins`. */
    origin?: string;
    /** `localStorage` in a browser, else memory. */
    storage?: KeyValueStorage;
    /** In place of `storage` for the session, where another library keeps it. */
    tokenStore?: TokenStore;
    fetch?: (url: string, init: RequestInit) => Promise<Response>;
    /** Milliseconds since 1970. */
    now?: () => number;
    /** Waits, for `Retry-After`. */
    sleep?: (milliseconds: number) => Promise<void>;
    /** Web Locks, so that one tab refreshes at a time; null has none. */
    locks?: {
        request<Value>(name: string, run: () => Promise<Value>): Promise<Value>;
    } | null;
}
/**
 * Why a listener hears of a session. `ended`: the server refused to refresh it. `reused`: its refresh
 * token had been used before, so somebody else may have a copy.
 */
export type SessionChange = 'signed-in' | 'refreshed' | 'signed-out' | 'ended' | 'reused' | 'wallet-changed' | 'other-tab';
export type SessionListener = (session: Session | null, change: SessionChange) => void;
export type SignInStep = 'connecting' | 'preparing' | 'signing' | 'signing-again' | 'verifying';
export interface SignInOptions {
    /** To be signed for. Default: the wallet's if the server takes it, else the server's first. */
    chainId?: number;
    /** Refuses a server that asks for another statement. */
    statement?: string;
    /** Of the wallet that is to sign in: with ERC-7846 it then takes one prompt, connecting included. */
    address?: string;
    onStep?: (step: SignInStep) => void;
    signal?: AbortSignal;
}
/** What the server asks a wallet to sign. It lives for five minutes, and for one answer. */
export interface Challenge {
    /** EIP-55: the server's own spelling. */
    address: string;
    nonce: string;
    /** RFC 3339, by the server's clock. */
    issuedAt: string;
    expirationTime: string | null;
    statement: string | null;
    /** Those the server takes, its default first. */
    chainIds: readonly number[];
    /** Those the server takes, its default first; null where the server is too old to say. */
    origins: readonly string[] | null;
}
/** A message and its signature, whoever wrote it: RainbowKit, Reown AppKit, a wallet. */
export interface SignedMessage {
    message: string;
    signature: string;
}
/** A sign-in whose message is signed elsewhere. */
export interface PendingSignIn {
    /** The current one: each answer makes a new one. */
    readonly challenge: Challenge;
    /** The EIP-4361 text for the current challenge. */
    message(options?: {
        chainId?: number;
    }): string;
    /**
     * Signs in. A message that the server would refuse is not sent. Where an answer is refused,
     * `challenge` is new when this throws, so the wallet can sign again.
     */
    answer(signed: SignedMessage): Promise<Session>;
}
/** As AWS SDK v3 takes it for `credentials`. */
export interface AwsCredentials {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken: string;
    expiration: Date;
    /** Of the identity pool: the name of the wallet's own prefix, where there is `WalletStorage`. */
    identityId: string;
}
/** How a request is authorized: not at all, by SigV4, or by the ID token. */
export type Authorization = 'none' | 'iam' | 'user-pool';
export interface ApiRequestInit extends RequestInit {
    /** Only for a route that docs/openapi.json has not. */
    authorization?: Authorization;
}
export type WalletEvent = {
    type: 'account-changed';
    address: string;
} | {
    type: 'chain-changed';
    chainId: number;
} | {
    type: 'locked';
} | {
    type: 'disconnected';
};
export interface DeletedAccount {
    wallet: string;
    /** Objects of the wallet stay under `private/IDENTITY-ID/`; only the operator can move them. */
    identityId: string | null;
}
/** Every method may be taken off the object. All reject with a `WalletAuthError`. */
export interface WalletAuth {
    /**
     * Asks for an account and one signature, and makes the session. A newer call cancels this one.
     * What the server would refuse is refused before the wallet is asked.
     */
    signIn(signer: Signer, options?: SignInOptions): Promise<Session>;
    /** For a message that somebody else writes or signs. Takes a challenge; asks no wallet. */
    startSignIn(options: {
        address: string;
        statement?: string;
    }): Promise<PendingSignIn>;
    /** The session, refreshed where its tokens have ended; null for a guest. */
    session(): Promise<Session | null>;
    /** Calls at sign-in, refresh and sign-out, of other tabs too. Returns the function that stops it. */
    onSessionChange(listener: SessionListener): () => void;
    /** New tokens now. Calls at once share one request, over all tabs where there are Web Locks. */
    refresh(): Promise<Session>;
    /**
     * Ends the session here at once. `everywhere` ends every session of the wallet first, and
     * rejects where the server does not confirm that: then nothing has ended.
     */
    signOut(options?: {
        everywhere?: boolean;
    }): Promise<void>;
    /**
     * Deletes the wallet's user record for good, after a fresh signature of the session's wallet.
     * Its tokens end; what it stored stays (see {@link DeletedAccount}). A later sign-in makes a new
     * user with another identity, to which nothing of the old one belongs.
     */
    deleteAccount(signer: Signer, options?: SignInOptions): Promise<DeletedAccount>;
    /** Temporary credentials of the wallet, or of a guest. Kept until shortly before they end. */
    credentials(): Promise<AwsCredentials>;
    /**
     * Calls the API: `path` under the API's address, or an address there. Signs or bears the ID
     * token as the route needs, and waits once where the API says `Retry-After`, for at most ten
     * seconds. Resolves to any response, as `fetch` does.
     */
    fetch(path: string, init?: ApiRequestInit): Promise<Response>;
    /**
     * Watches the wallet that signed in. Where it shows another account, none, or disconnects, the
     * session ends before the listener is called. With `keepSession` it goes on: the page then says
     * whose session it is, and asks. Returns the function that stops it.
     */
    watchWallet(provider: Eip1193Provider, listener?: (event: WalletEvent) => void, options?: {
        keepSession?: boolean;
    }): () => void;
}
export {};

// react/sessionStore.d.ts
import type { WalletAuthError } from '../errors.js';
import type { Session, WalletAuth } from '../types.js';
import { type Store } from './store.js';
/** `error`: there may be a session, but its tokens have ended and could not be refreshed. */
export type SessionState = {
    status: 'loading';
    session: null;
    error: null;
} | {
    status: 'unauthenticated';
    session: null;
    error: WalletAuthError | null;
} | {
    status: 'authenticated';
    session: Session;
    error: null;
};
export declare const LOADING: SessionState;
/** One for all components, so that no two of them show different sessions. */
export declare function sessionStoreOf(auth: WalletAuth): Store<SessionState>;

// errors.d.ts
import { API_ERROR_CODES } from './generated.js';
export type ApiErrorCode = (typeof API_ERROR_CODES)[number];
declare const MESSAGES: {
    malformed_message: string;
    address_mismatch: string;
    domain_mismatch: string;
    unlisted_origin: string;
    chain_id_mismatch: string;
    nonce_mismatch: string;
    statement_mismatch: string;
    issued_at_out_of_range: string;
    expired_message: string;
    message_not_yet_valid: string;
    sign_up_refused: "";
    sign_up_not_supported: "";
    user_name_not_an_address: "";
    user_attributes_not_allowed: "";
    token_refused: "";
    token_source_not_supported: "";
    token_user_not_a_wallet: "";
    invalid_config: string;
    invalid_argument: string;
    unknown_route: string;
    shared_origin: string;
    unreadable_challenge: string;
    refused_signature: string;
    expired_challenge: string;
    sign_in_failed: string;
    not_signed_in: string;
    session_ended: string;
    session_reused: string;
    cancelled: string;
    unreachable: string;
    service_unavailable: string;
    forbidden: string;
    unreadable_response: string;
    user_rejected: string;
    wallet_unauthorized: string;
    wallet_busy: string;
    wallet_disconnected: string;
    wallet_unsupported: string;
    no_account: string;
    another_account: string;
    wallet_failed: string;
};
/** Of `./server` only, so no page carries them. */
export type TokenErrorCode = 'invalid_token' | 'expired_token' | 'keys_unavailable';
export type WalletAuthErrorCode = ApiErrorCode | TokenErrorCode | keyof typeof MESSAGES;
export interface WalletAuthErrorDetails {
    /** For people who write programs. */
    message?: string | undefined;
    /** Of the API's response, to be found in its log. */
    requestId?: string | null;
    retryAfterSeconds?: number | null;
    cause?: unknown;
}
/** The one error of this package. `code` is stable: compare it, not the message. */
export declare class WalletAuthError extends Error {
    readonly name = "WalletAuthError";
    readonly code: WalletAuthErrorCode;
    /** Whether the same call may succeed later, with nothing changed. */
    readonly retryable: boolean;
    readonly requestId: string | null;
    readonly retryAfterSeconds: number | null;
    constructor(code: WalletAuthErrorCode, details?: WalletAuthErrorDetails);
}
export declare function isApiErrorCode(code: unknown): code is ApiErrorCode;
/** Every code that an error in a page can have. */
export declare function isErrorCode(code: string): code is WalletAuthErrorCode;
export {};

// generated.d.ts
/** How a GET of each path is authorized. */
export declare const ROUTES: {
    readonly "/health": "none";
    readonly "/getNFTsCollectionAlchemy": "iam";
    readonly "/getNFTsAlchemy": "user-pool";
    readonly "/getNFTsMoralis": "user-pool";
    readonly "/getNFTsAlchemyLambda": "user-pool";
    readonly "/getNFTsMoralisLambda": "user-pool";
    readonly "/chains": "none";
    readonly "/chains/{chainId}/contracts/{contractAddress}": "iam";
    readonly "/chains/{chainId}/contracts/{contractAddress}/nfts": "iam";
    readonly "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}": "iam";
    readonly "/chains/{chainId}/owners/{owner}/nfts": "iam";
    readonly "/me/nfts": "user-pool";
    readonly "/gate/{chainId}/{contractAddress}": "user-pool";
    readonly "/names/{name}": "iam";
    readonly "/addresses/{address}/name": "iam";
    readonly "/me/name": "user-pool";
    readonly "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata": "iam";
};
/** Of all paths that are routes, those that `publicUrl` of config.json has too. */
export declare const PUBLIC_ROUTES: RegExp;
/** Of the API, by status. */
export declare const API_ERROR_CODES: readonly ["bad_request", "cursor_expired", "invalid_address", "invalid_cursor", "invalid_name", "invalid_parameter", "invalid_token_id", "malformed_delivery", "missing_parameter", "stale_delivery", "unsupported_chain", "invalid_signature", "unauthorized", "blocked", "not_a_holder", "no_node", "not_found", "payload_too_large", "unsupported_media_type", "unsupported_uri", "rate_limited", "internal_error", "list_broken", "metadata_mismatch", "metadata_too_large", "metadata_unavailable", "metadata_wrong_type", "name_unavailable", "upstream_auth", "upstream_unavailable", "providers_unavailable", "store_unavailable", "upstream_quota", "metadata_timeout", "upstream_timeout"];
/** Why the server refuses a sign-up, an answer or its message. */
export type SignInErrorCode = "address_mismatch" | "auth_error" | "chain_id_mismatch" | "challenge_answer_refused" | "contract_answer_repeated" | "contract_signature_refused" | "domain_mismatch" | "ethereum_error" | "expired_challenge" | "expired_message" | "high_s_signature" | "internal_error" | "invalid_address" | "invalid_message" | "invalid_signature" | "issued_at_out_of_range" | "key_required" | "malformed_answer" | "malformed_challenge" | "malformed_message" | "malformed_signature" | "malformed_wrapper" | "marks_not_shown" | "marks_unavailable" | "message_not_yet_valid" | "no_contract" | "nonce_mismatch" | "recap_mismatch" | "request_id_mismatch" | "resources_mismatch" | "rpc_unavailable" | "scheme_mismatch" | "sign_up_not_supported" | "sign_up_refused" | "signer_mismatch" | "statement_mismatch" | "token_refused" | "token_source_not_supported" | "token_user_not_a_wallet" | "undeployable_wallet" | "unknown_user" | "unlisted_origin" | "unrecoverable_signature" | "uri_mismatch" | "user_attributes_not_allowed" | "user_name_not_an_address";
export type Block = {
    blockNumber: number | null;
    blockHash: string | null;
    timestamp: string | null;
} | null;
export type Chains = {
    chains: Array<{
        chainId: number;
        name: string;
        testnet: boolean;
        providers: Array<"alchemy" | "moralis">;
    }>;
};
export type Collection = {
    name: string | null;
    slug: string | null;
    imageUrl: PictureUrl;
    bannerImageUrl: PictureUrl;
    externalUrl: WebUrl;
    verified: boolean | null;
    floorPrice: {
        amount: string;
        currency: string;
        usd: string | null;
    } | null;
    /** Of a contract, where image=small or inline was asked for */
    inlined?: {
        image: InlinedPicture;
        bannerImage: InlinedPicture;
    };
};
export type Contract = {
    /** EIP-55 */
    address: string;
    name: string | null;
    symbol: string | null;
    tokenType: "ERC721" | "ERC1155" | "UNKNOWN";
    totalSupply: string | null;
    deployer: string | null;
    deployedBlock: number | null;
};
export type ContractDetails = {
    chainId: number;
    contract: Contract;
    collection: Collection;
    links: {
        twitter: string | null;
        discord: WebUrl;
        website: WebUrl;
    };
    spam: Spam;
    provider: "alchemy" | "moralis";
    stale: boolean;
};
export type EnsName = {
    name: string;
    address: string;
};
export type InlinedPicture = {
    url: string | null;
    contentType: PictureType;
    /** proven to be what its URI names */
    isVerified: boolean;
    status: "inline" | "missing" | "unavailable";
    error: PictureError;
};
export type Media = {
    image: {
        url: PictureUrl;
        thumbnailUrl: PictureUrl;
        originalUrl: OriginalUrl;
        contentType: string | null;
        bytes: number | null;
    } | null;
    animation: {
        url: PictureUrl;
        originalUrl: OriginalUrl;
        contentType: string | null;
    } | null;
    status: "ready" | "processing" | "unavailable";
    inlined?: InlinedPicture;
};
export type Nft = {
    chainId: number;
    contract: Contract;
    collection: Collection;
    tokenId: string;
    tokenType: "ERC721" | "ERC1155" | "UNKNOWN";
    owner: string | null;
    balance: string | null;
    name: string | null;
    description: string | null;
    externalUrl: WebUrl;
    tokenUri: TokenUri;
    attributes: Array<Trait>;
    media: Media;
    spam: Spam;
    metadataStatus: "ok" | "pending" | "missing" | "error";
    metadataError: {
        code: string;
        message: string;
        retryable: boolean;
    } | null;
    mint: {
        address: string | null;
        blockNumber: number | null;
        timestamp: string | null;
        transactionHash: string | null;
    } | null;
    acquiredAt: {
        blockNumber: number | null;
        timestamp: string | null;
    } | null;
    updatedAt: string | null;
    provider: "alchemy" | "moralis";
    stale: boolean;
};
export type NftPage = {
    items: Array<Nft>;
    totalCount: number | null;
    /** null is the only end */
    nextCursor: string | null;
    asOf: Block;
    provider: "alchemy" | "moralis";
    /** What spam=exclude leaves out of this page */
    hiddenSpam: number;
    /** Items of the provider on this page that name no token */
    unreadableCount: number;
    stale: boolean;
};
export type OriginalUrl = string | null;
export type PictureError = "metadata_unavailable" | "metadata_timeout" | "metadata_too_large" | "metadata_wrong_type" | "metadata_mismatch" | "unsupported_uri" | null;
export type PictureType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif" | "image/svg+xml" | null;
export type PictureUrl = string | null;
export type Spam = {
    isSpam: boolean | null;
    classifications: Array<string>;
};
export type TokenMetadata = {
    chainId: number;
    contractAddress: string;
    tokenId: string;
    tokenUri: TokenUri;
    source: "https" | "ipfs" | "arweave" | "data";
    isVerified: boolean;
    name: string | null;
    description: string | null;
    externalUrl: WebUrl;
    animationUrl: PictureUrl;
    attributes: Array<Trait>;
    /** isVerified and error are there where image=inline was asked for */
    image: {
        url: string | null;
        contentType: PictureType;
        status: "inline" | "remote" | "missing" | "unusable" | "unavailable";
        /** proven to be what its URI names */
        isVerified?: boolean;
        error?: PictureError;
    };
};
export type TokenUri = string | null;
export type Trait = {
    trait_type: string | null;
    /** A number that JavaScript would round is text, with all its digits */
    value: string | number | boolean;
    display_type: string | null;
    /** As in value */
    max_value: number | null | string;
};
export type WebUrl = string | null;

// react/store.d.ts
/** A state and its listeners, as `useSyncExternalStore` takes them. */
export interface Store<State> {
    get(): State;
    set(state: State): void;
    subscribe(listener: () => void): () => void;
}
/** `start` runs for the first listener, what it returns when the last one has gone. */
export declare function createStore<State>(initial: State, start?: () => () => void): Store<State>;

// react/useOwnedNfts.d.ts
import { type OwnedOptions } from '../gallery.js';
import { type OwnedNftsState } from './ownedNfts.js';
export interface UseOwnedNftsOptions extends Omit<OwnedOptions, 'cursor' | 'signal'> {
    /** An address or an ENS name. Default: the wallet that is signed in. */
    owner?: string;
}
export interface OwnedNfts extends OwnedNftsState {
    /** Adds the next page. Nothing happens while one is on its way, or after the last. */
    loadMore(): void;
    /** Begins anew. */
    reload(): void;
}
/**
 * NFTs of an owner, page by page. Empty for a guest without an `owner`. What another wallet owns is
 * never shown: a new session or owner begins with nothing. Requests end with the component.
 */
export declare function useOwnedNfts(options: UseOwnedNftsOptions): OwnedNfts;

// gallery.d.ts
import type { Chains, ContractDetails, EnsName, Nft, NftPage, TokenMetadata } from './generated.js';
import type { WalletAuth } from './types.js';
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
    contract(options: ContractOf & {
        image?: ImageChoice;
    }): Promise<ContractDetails>;
    contractNfts(options: ContractOf & ListOptions): NftList;
    /** The same with `media.inlined`, up to 4 MB. Show pictures through `<img>` only. */
    nft(options: TokenOf & {
        image?: ImageChoice;
    }): Promise<Nft>;
    /** `owner` is an address or an ENS name. */
    ownedNfts(options: OwnedOptions & {
        owner: string;
    }): NftList;
    /** Of the wallet that is signed in. */
    myNfts(options: OwnedOptions): NftList;
    /** As the token's own contract names it. Show an image through `<img>` only. */
    metadata(options: TokenOf & {
        image?: 'link' | 'inline';
    }): Promise<TokenMetadata>;
    /** Whether the wallet that is signed in holds a token of the contract. */
    holds(options: ContractOf): Promise<boolean>;
    /** null where ENS knows no address for the name. */
    resolveName(options: {
        name: string;
    } & CallOptions): Promise<EnsName | null>;
    /** The name that the address has and that points back to it; null where there is none. */
    nameOf(options: {
        address: string;
    } & CallOptions): Promise<EnsName | null>;
    /** The same of the wallet that is signed in; no call to the identity pool. */
    myName(options?: CallOptions): Promise<EnsName | null>;
}
export declare function gallery(auth: Pick<WalletAuth, 'fetch'>): Gallery;

// react/ownedNfts.d.ts
import type { WalletAuthError } from '../errors.js';
import type { NftList } from '../gallery.js';
import type { Nft } from '../generated.js';
import { type Store } from './store.js';
export interface OwnedNftsState {
    nfts: readonly Nft[];
    isLoading: boolean;
    /** Of the last page; `loadMore` tries that page again. */
    error: WalletAuthError | null;
    hasMore: boolean;
}
export interface OwnedNftsList extends Pick<Store<OwnedNftsState>, 'get' | 'subscribe'> {
    /** Adds the next page. Nothing happens while one is on its way, or after the last. */
    loadMore(): void;
    /** Begins anew. */
    reload(): void;
}
export declare const NONE: OwnedNftsState;
/** Loads its first page for the first who listens, and gives up once nobody does. */
export declare function createOwnedNfts(open: (options: {
    cursor?: string;
    signal: AbortSignal;
}) => NftList): OwnedNftsList;

// react/useSession.d.ts
import { type SessionState } from './sessionStore.js';
/** The session as it is now, of other tabs too. On a server, and while it hydrates, it is loading. */
export declare function useSession(): SessionState;
