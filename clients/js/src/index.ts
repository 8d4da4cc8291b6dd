export { toApiError } from './api/apiErrors.ts';
export { createWalletAuth } from './createWalletAuth.ts';
export {
  type ApiErrorCode,
  WalletAuthError,
  type WalletAuthErrorCode,
  type WalletAuthErrorDetails,
} from './errors.ts';
export {
  type CallOptions,
  type Chain,
  type ContractOf,
  type Gallery,
  gallery,
  type ImageChoice,
  type ListOptions,
  type NftList,
  type OwnedOptions,
  type TokenOf,
} from './gallery.ts';
export type {
  ContractDetails,
  EnsName,
  Nft,
  NftPage,
  TokenMetadata,
} from './generated.ts';
export { isSharedOrigin } from './signIn/sharedOrigin.ts';
export type {
  ApiRequestInit,
  Authorization,
  AwsCredentials,
  Challenge,
  DeletedAccount,
  Eip1193Provider,
  KeyValueStorage,
  MessageSigner,
  PendingSignIn,
  Session,
  SessionChange,
  SessionListener,
  SignedMessage,
  Signer,
  SignInOptions,
  SignInStep,
  TokenStore,
  Tokens,
  WalletAuth,
  WalletAuthConfig,
  WalletAuthOptions,
  WalletEvent,
} from './types.ts';
