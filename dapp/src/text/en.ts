import type { FailureCode } from '../queries/failure.ts';
import type { collection } from './pages/collection.ts';
import type { compare } from './pages/compare.ts';
import type { session } from './pages/session.ts';
import type { signIn } from './pages/signIn.ts';
import type { token } from './pages/token.ts';

export type FailureTexts = Record<FailureCode, string>;

/** Of what no person causes, or can mend. */
const FAULT = 'The page or the server made a mistake. Reload the page and try again.';
const OVER = 'Your session has ended. Sign in again.';
const OTHER_MESSAGE =
  'What was signed is not what the server asked for, so it does not count. Try again.';
const REUSED =
  'Your session was continued somewhere else, so it has ended here. If that was not you, sign in again and choose “Sign out everywhere”.';

/** Said where an error with this code is shown, whether the page asked the API, Cognito or a wallet. */
const failures: FailureTexts = {
  // the API: docs/api.md
  bad_request: FAULT,
  cursor_expired: 'This list is too old to be continued. Load it again.',
  invalid_address: 'This is no Ethereum address.',
  invalid_cursor: 'This list cannot be continued. Load it again.',
  invalid_name: 'This is no name that can be looked up.',
  invalid_parameter: FAULT,
  invalid_token_id: 'This is no token number.',
  malformed_delivery: FAULT,
  missing_parameter: FAULT,
  stale_delivery: FAULT,
  unsupported_chain: 'This gallery does not show that chain.',
  invalid_signature: FAULT,
  unauthorized: OVER,
  blocked:
    'A firewall stopped this request: too many came from your network, or it looked like an attack. Wait some minutes and try again.',
  not_a_holder: 'Your wallet holds no token of this collection.',
  no_node: 'This gallery has no Ethereum node, so it cannot look this up.',
  not_found: 'Nothing was found here.',
  payload_too_large: FAULT,
  unsupported_media_type: FAULT,
  unsupported_uri: 'The token keeps its description in a place that cannot be read.',
  rate_limited: 'Too many requests. Wait a moment and try again.',
  internal_error: 'The server has a fault. Try again later.',
  list_broken: 'The provider’s list broke off. Load it again.',
  metadata_mismatch: 'What came is not what the token names, so it is not shown.',
  metadata_too_large: 'The token’s description is too large to be read.',
  metadata_unavailable: 'The place where the token keeps its description does not answer.',
  metadata_wrong_type: 'What the token names as its description is none.',
  name_unavailable: 'Names cannot be looked up now. Try again in a moment.',
  upstream_auth: 'The provider does not accept this gallery’s key. Its operator has to see to it.',
  upstream_unavailable: 'The provider does not answer. Try again in a moment.',
  providers_unavailable: 'No provider answers now. Try again in a moment.',
  store_unavailable: 'The server cannot reach its store. Try again in a moment.',
  upstream_quota: 'This gallery has used up what its provider allows. Try again later.',
  metadata_timeout: 'The place where the token keeps its description takes too long.',
  upstream_timeout: 'The provider takes too long. Try again in a moment.',
  // the message to sign
  malformed_message: OTHER_MESSAGE,
  address_mismatch: OTHER_MESSAGE,
  domain_mismatch: OTHER_MESSAGE,
  unlisted_origin:
    'Sign-in is off at this address: the server does not list it. Open the gallery at its own address to sign in.',
  chain_id_mismatch: 'The message is for a chain that the server does not take.',
  nonce_mismatch: OTHER_MESSAGE,
  statement_mismatch: OTHER_MESSAGE,
  issued_at_out_of_range: 'Your clock and the server’s differ too much. Set yours and try again.',
  expired_message: 'Signing took too long, and the message has expired. Try again.',
  message_not_yet_valid: 'The message is not valid yet. Look at your clock and try again.',
  // sign-up, tokens
  sign_up_refused: 'The server takes no new wallets now.',
  sign_up_not_supported: FAULT,
  user_name_not_an_address: FAULT,
  user_attributes_not_allowed: FAULT,
  token_refused: OVER,
  token_source_not_supported: FAULT,
  token_user_not_a_wallet: FAULT,
  invalid_token: OVER,
  expired_token: OVER,
  keys_unavailable: 'The session cannot be checked now. Try again in a moment.',
  // the session
  invalid_config: 'The gallery is not set up here.',
  invalid_argument: FAULT,
  unknown_route: FAULT,
  shared_origin:
    'Sign-in is off at this address: on an IPFS path gateway, every other site could read your session. Open the gallery at its own address to sign in. You can look at everything here.',
  unreadable_challenge: 'The server sent no usable message to sign. Try again later.',
  refused_signature: 'The signature was refused, so you are not signed in.',
  expired_challenge: 'Signing took too long, and the request has expired. Try again.',
  sign_in_failed: 'Signing in did not work. Try again.',
  not_signed_in: 'You are not signed in.',
  session_ended: OVER,
  session_reused: REUSED,
  cancelled: 'Cancelled.',
  unreachable: 'The server cannot be reached. Check your connection and try again.',
  service_unavailable: 'The server cannot answer now. Try again in a moment.',
  forbidden: 'The server refuses this request.',
  unreadable_response: 'The server’s answer makes no sense. Try again later.',
  // the wallet
  user_rejected: 'You said no in your wallet. Nothing was signed.',
  wallet_unauthorized: 'Your wallet does not let this site use that account.',
  wallet_busy: 'Your wallet still waits for an answer. Open it and finish that request.',
  wallet_disconnected: 'Your wallet has lost its connection. Try again in a moment.',
  wallet_unsupported: 'Your wallet cannot sign messages, so it cannot sign in here.',
  no_account: 'Your wallet gave no account. Unlock it, choose an account and try again.',
  another_account: 'Your wallet showed another account. Choose the right one and try again.',
  wallet_failed: 'Your wallet did not answer as expected. Unlock it and try again.',
  // the page itself
  contract_wallet_refused:
    'The signature was refused, so you are not signed in. Your account is a contract wallet: this gallery takes those only on chains whose node its operator names. Choose another chain in your wallet, or an account with a key of its own.',
  not_configured: 'The gallery is not set up here.',
  part_missing: 'A part of the page did not load. Check your connection and try again.',
};

/**
 * What more than one page says, in English; `pages/` has what a lazy page says alone. `de.ts` has the
 * same sentences; the compiler compares. Numbers and dates come in as text, written for the language
 * (`numbers.ts`).
 */
export const en = {
  title: 'NFT Gallery',
  bar: {
    home: 'NFT Gallery, home',
    search: 'Name, address, collection or link',
    searchButton: 'Search',
    chain: 'Chain',
    chainById: (id: string) => `Chain ${id}`,
    allChains: 'All chains',
    connect: 'Connect wallet',
    navigation: 'Main',
    mine: 'Mine',
    homeShort: 'Home',
  },
  home: {
    promise: 'Every collection, and your own.',
    explanation:
      'Look at any NFT collection. Sign in with your wallet, without a password, to see what you hold.',
    recents: 'Your last look-ups',
    featured: 'Three to begin with',
    drawnHere: 'These pictures were drawn for this page. The tokens’ own are inside.',
  },
  search: {
    suggestions: 'Suggestions',
    wallet: 'Wallet',
    page: 'A page of this gallery',
    ofThisSite: 'Link',
    collection: 'Collection',
    collectionOn: (chain: string) => `Collection on ${chain}`,
    token: 'NFT',
    tokenOn: (chain: string) => `NFT on ${chain}`,
    walletOrCollection: 'Wallet or collection',
    findOut: 'See what this could be',
    forget: 'Forget these',
  },
  find: {
    asking: 'Finding out whether this is a wallet or a collection…',
    undecided: 'This could be a wallet or a collection. It could not be found out just now.',
    nothing: 'There is nothing to look up.',
    mistyped:
      'This address has a typing mistake: its capital letters do not match its checksum. Copy it again.',
    unserved: (chain: string) => `This is on a chain that this gallery does not show (${chain}).`,
    slug: (host: string) =>
      `This is what ${host} calls a collection. The link does not say its contract. Open it there and copy a link to any of its NFTs.`,
    profile: (host: string) =>
      `This is somebody’s page at ${host}. The link does not say their wallet. Open it there and copy the address.`,
    hash: 'This is a transaction, a block or a token’s number: neither a wallet nor a collection.',
    link: (host: string) => `This link to ${host} names no wallet, collection or NFT.`,
    words:
      'This is no address and no full name. Collections are found by their address or by a link to them.',
    open: 'Open it there',
    takes:
      'You can paste the address of a wallet or a contract, a name such as alice.eth, or a link of OpenSea, Etherscan, Blur, Rarible or Zora.',
  },
  pages: {
    home: 'NFT Gallery',
    me: 'My NFTs',
    compare: 'Compare providers',
    find: 'Look up',
    session: 'Your session',
    unknown: 'Nothing here',
    loading: 'Loading…',
    failed: 'This part of the page did not load. Check your connection.',
    retry: 'Try again',
  },
  close: 'Close',
  newTab: '(opens in a new tab)',
  copy: {
    copied: 'Copied',
    failed: 'Not copied: select the text and copy it.',
  },
  picture: {
    none: 'No picture',
    large: 'Large picture: open to see it',
    loadLarge: 'Load the large picture',
    loading: 'Loading…',
  },
  grid: {
    more: 'Load more',
    spam: 'Likely spam',
    spamByWords: 'Its words look like bait.',
    spamByProvider: 'The provider says so.',
    balance: (count: string) => `${count} held`,
    kinds: { video: 'Video', audio: 'Audio', model: '3D', html: 'Interactive' },
  },
  owner: {
    guest: 'Connect your wallet to see what you hold',
    guestText: 'The button is at the top. It asks for a signature, which costs nothing.',
    lookAround: 'Look around without one',
    unknownName: 'Nobody has this name',
    unknownNameText: 'Look at how it is written. A wallet’s address works too.',
    you: 'You',
    copy: 'Copy the address',
    explorer: 'Explorer',
    held: 'What this wallet holds',
    list: 'NFTs',
    hiddenList: 'Hidden NFTs',
    tabs: 'What to show',
    all: 'All',
    collections: 'Collections',
    hidden: 'Hidden',
    collectionsTab: (count: string) => `Collections (${count})`,
    hiddenTab: (count: string) => `Hidden (${count})`,
    justNow: 'just now',
    asOf: (ago: string, provider: string) => `From ${provider}, ${ago}`,
    asOfBlock: (block: string, ago: string, provider: string) =>
      `As of block ${block}, ${ago}, from ${provider}`,
    provider: 'Provider',
    loadedAt: 'Loaded',
    blockTime: 'Time of the block',
    blockHash: 'Hash of the block',
    block: (number: string) => `Block ${number}`,
    refresh: 'Load again',
    shown: (count: string) => `${count} shown`,
    loaded: (count: string) => `${count} loaded`,
    loadedOf: (count: string, total: string) => `${count} of ${total} loaded`,
    nextChain: (name: string) => `then ${name}`,
    thereIsMore: 'there is more',
    noMatch: 'Nothing of what is loaded fits',
    clear: 'Show everything',
    nothing: 'No NFTs found',
    nothingText: 'The providers know of none that this wallet holds here.',
    nothingHidden: 'Nothing is hidden',
    hiddenText: 'Likely spam comes here, and what you hide yourself. Only this browser knows.',
    showAgain: 'Show again',
    ofCollection: (count: string) => `${count} held`,
    filters: {
      search: 'Search what is loaded',
      collection: 'Collection',
      allCollections: 'All collections',
      type: 'Standard',
      allTypes: 'All standards',
      kind: 'Media',
      allKinds: 'All media',
      kinds: {
        image: 'Pictures',
        video: 'Video',
        audio: 'Audio',
        model: '3D',
        html: 'Interactive',
      },
      sort: 'Order',
      sorts: {
        listed: 'As listed',
        name: 'By name',
        newest: 'Newest first',
        collection: 'By collection',
      },
    },
  },
  states: {
    slow: 'This takes longer than usual. It is still on its way.',
    offline: 'You are offline.',
    offlineWithValue: 'What is loaded stays here. The rest comes when you are online again.',
    offlineWithout: 'It loads by itself when you are online again.',
    noNode: 'Addresses and links work without one.',
    enterAddress: 'Enter an address',
    retryIn: (seconds: string) => `Next try in ${seconds} s`,
    retriesItself: 'It is tried again without you.',
    retry: 'Try again',
    retryNow: 'Try now',
    refresh: 'Refresh',
    reference: (id: string) => `Reference: ${id}`,
    stale: 'This is what was known some time ago: no provider answers now.',
    failedOver: (used: string, usual: string) =>
      `${usual} does not answer, so this comes from ${used}.`,
    unreadable: (count: string) => `Not shown, since the provider describes them badly: ${count}`,
    spamLeftOut: (count: string) => `Left out as spam: ${count}`,
    storageBlocked:
      'This browser keeps nothing for this site. You can look around. A reload signs you out.',
    understood: 'All right',
    brokenPart: 'This part of the page has a fault.',
  },
  wallets: {
    unnamed: 'Unnamed wallet',
    ofTheBrowser: 'Browser wallet',
  },
  account: {
    restoring: 'Restoring…',
    signingOut: 'Signing out…',
    menu: 'Account',
    mine: 'My NFTs',
    copy: 'Copy the address',
    session: 'Your session',
    signOut: 'Sign out here',
    signInAgain: (who: string) => `Sign in again as ${who}`,
    expired: 'Your session has ended. What you see is from before.',
    expiredReused:
      'Your session was continued somewhere else, so it has ended here. If that was not you, sign in again and choose “Sign out everywhere”.',
    leave: 'Sign out',
    other: (other: string, mine: string) =>
      `Your wallet now shows ${other}. You are signed in as ${mine}.`,
    viewOther: 'Look at it',
    becomeOther: 'Sign in as it',
    stay: (mine: string) => `Stay ${mine}`,
    dismiss: 'Dismiss',
  },
  notices: {
    endingEverywhere: 'Signing out everywhere…',
    endedEverywhere: 'You are signed out everywhere. Other devices lose access within 15 minutes.',
    notEndedEverywhere:
      'Signing out everywhere was not confirmed, so you are still signed in. Check your connection and try again.',
    alreadyOver:
      'This session was already over, so it could not end the others. Sign in again to do that.',
    notRestored: 'Your session could not be restored. Check your connection and reload.',
    otherTab: 'You signed out in another tab, or keep the session there.',
    deleted: 'Your account is deleted.',
  },
  failures,
  footer: 'NFT data by Alchemy and Moralis. Names, pictures and texts come from the NFTs’ makers.',
};

/** What pages say whose script comes when they are opened. */
interface PageTexts {
  collection: typeof collection;
  compare: typeof compare;
  session: typeof session;
  signIn: typeof signIn;
  token: typeof token;
}

/** Of a translation, which comes whole. */
export type Translation = typeof en & PageTexts;
/** A page asks for its own by a hook, such as `useTokenTexts`. */
export type Texts = typeof en & Partial<PageTexts>;
