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

// biome-ignore lint/suspicious/noExplicitAny: each library types its listeners in its own way
type Listener = (...args: any[]) => void;

/** https://eips.ethereum.org/EIPS/eip-1193 */
export interface Eip1193Provider {
  // biome-ignore lint/suspicious/noExplicitAny: each library types its methods in its own way
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
  locks?: { request<Value>(name: string, run: () => Promise<Value>): Promise<Value> } | null;
}

/**
 * Why a listener hears of a session. `ended`: the server refused to refresh it. `reused`: its refresh
 * token had been used before, so somebody else may have a copy.
 */
export type SessionChange =
  | 'signed-in'
  | 'refreshed'
  | 'signed-out'
  | 'ended'
  | 'reused'
  | 'wallet-changed'
  | 'other-tab';

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
  message(options?: { chainId?: number }): string;
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

export type WalletEvent =
  | { type: 'account-changed'; address: string }
  | { type: 'chain-changed'; chainId: number }
  | { type: 'locked' }
  | { type: 'disconnected' };

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
  startSignIn(options: { address: string; statement?: string }): Promise<PendingSignIn>;
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
  signOut(options?: { everywhere?: boolean }): Promise<void>;
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
  watchWallet(
    provider: Eip1193Provider,
    listener?: (event: WalletEvent) => void,
    options?: { keepSession?: boolean },
  ): () => void;
}
