// `make docs` writes this file from docs/openapi.json and the error classes.

/** How a GET of each path is authorized. */
export const ROUTES = {
  "/health": "none",
  "/getNFTsCollectionAlchemy": "iam",
  "/getNFTsAlchemy": "user-pool",
  "/getNFTsMoralis": "user-pool",
  "/getNFTsAlchemyLambda": "user-pool",
  "/getNFTsMoralisLambda": "user-pool",
  "/chains": "none",
  "/chains/{chainId}/contracts/{contractAddress}": "iam",
  "/chains/{chainId}/contracts/{contractAddress}/nfts": "iam",
  "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}": "iam",
  "/chains/{chainId}/owners/{owner}/nfts": "iam",
  "/me/nfts": "user-pool",
  "/gate/{chainId}/{contractAddress}": "user-pool",
  "/names/{name}": "iam",
  "/addresses/{address}/name": "iam",
  "/me/name": "user-pool",
  "/chains/{chainId}/contracts/{contractAddress}/nfts/{tokenId}/metadata": "iam",
} as const;

/** Of all paths that are routes, those that `publicUrl` of config.json has too. */
export const PUBLIC_ROUTES = /^\/(addresses|chains|names)\b/;

/** Of the API, by status. */
export const API_ERROR_CODES = [
  "bad_request",
  "cursor_expired",
  "invalid_address",
  "invalid_cursor",
  "invalid_name",
  "invalid_parameter",
  "invalid_token_id",
  "malformed_delivery",
  "missing_parameter",
  "stale_delivery",
  "unsupported_chain",
  "invalid_signature",
  "unauthorized",
  "blocked",
  "not_a_holder",
  "no_node",
  "not_found",
  "payload_too_large",
  "unsupported_media_type",
  "unsupported_uri",
  "rate_limited",
  "internal_error",
  "list_broken",
  "metadata_mismatch",
  "metadata_too_large",
  "metadata_unavailable",
  "metadata_wrong_type",
  "name_unavailable",
  "upstream_auth",
  "upstream_unavailable",
  "providers_unavailable",
  "store_unavailable",
  "upstream_quota",
  "metadata_timeout",
  "upstream_timeout",
] as const;

/** Why the server refuses a sign-up, an answer or its message. */
export type SignInErrorCode =
  | "address_mismatch"
  | "auth_error"
  | "chain_id_mismatch"
  | "challenge_answer_refused"
  | "contract_answer_repeated"
  | "contract_signature_refused"
  | "domain_mismatch"
  | "ethereum_error"
  | "expired_challenge"
  | "expired_message"
  | "high_s_signature"
  | "internal_error"
  | "invalid_address"
  | "invalid_message"
  | "invalid_signature"
  | "issued_at_out_of_range"
  | "key_required"
  | "malformed_answer"
  | "malformed_challenge"
  | "malformed_message"
  | "malformed_signature"
  | "malformed_wrapper"
  | "marks_not_shown"
  | "marks_unavailable"
  | "message_not_yet_valid"
  | "no_contract"
  | "nonce_mismatch"
  | "recap_mismatch"
  | "request_id_mismatch"
  | "resources_mismatch"
  | "rpc_unavailable"
  | "scheme_mismatch"
  | "sign_up_not_supported"
  | "sign_up_refused"
  | "signer_mismatch"
  | "statement_mismatch"
  | "token_refused"
  | "token_source_not_supported"
  | "token_user_not_a_wallet"
  | "undeployable_wallet"
  | "unknown_user"
  | "unlisted_origin"
  | "unrecoverable_signature"
  | "uri_mismatch"
  | "user_attributes_not_allowed"
  | "user_name_not_an_address";

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
