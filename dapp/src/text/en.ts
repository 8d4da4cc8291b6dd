import type { FailureCode } from '../queries/failure.ts';

export type FailureTexts = Record<FailureCode, string>;

/** Said where an error with this code is shown, whether the page asked the API, Cognito or a wallet. */
const failures: FailureTexts = {
  // the API: docs/api.md
  bad_request: 'The server did not understand this request. Reload the page and try again.',
  cursor_expired: 'This list is too old to be continued. Load it again.',
  invalid_address: 'This is no Ethereum address.',
  invalid_cursor: 'This list cannot be continued. Load it again.',
  invalid_name: 'This is no name that can be looked up.',
  invalid_parameter: 'The server does not take one of the choices made here.',
  invalid_token_id: 'This is no token number.',
  malformed_delivery: 'The server could not read what it was sent.',
  missing_parameter: 'The server misses a part of this request. Reload the page and try again.',
  stale_delivery: 'The server was sent something too old.',
  unsupported_chain: 'This gallery does not show that chain.',
  invalid_signature: 'The server did not accept the signature.',
  unauthorized: 'Your session has ended. Sign in again.',
  blocked:
    'A firewall stopped this request: too many came from your network, or it looked like an attack. Wait some minutes and try again.',
  not_a_holder: 'Your wallet holds no token of this collection.',
  no_node: 'This gallery has no Ethereum node, so it cannot look this up.',
  not_found: 'Nothing was found here.',
  payload_too_large: 'This was too much for the server.',
  unsupported_media_type: 'The server does not take this kind of data.',
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
  malformed_message: 'The wallet changed the message, so it was not sent.',
  address_mismatch: 'The message is for another account, so it was not sent.',
  domain_mismatch: 'The message is for another site, so it was not sent.',
  unlisted_origin:
    'Sign-in is off at this address: the server does not list it. Open the gallery at its own address to sign in.',
  chain_id_mismatch: 'The message is for a chain that the server does not take.',
  nonce_mismatch: 'The message is an old one, so it was not sent. Try again.',
  statement_mismatch: 'The message says something else than the server asked for.',
  issued_at_out_of_range: 'Your clock and the server’s differ too much. Set yours and try again.',
  expired_message: 'Signing took too long, and the message has expired. Try again.',
  message_not_yet_valid: 'The message is not valid yet. Look at your clock and try again.',
  // sign-up, tokens
  sign_up_refused: 'The server takes no new wallets now.',
  sign_up_not_supported: 'The server does not take this way to sign up.',
  user_name_not_an_address: 'The server knows wallets by their address only.',
  user_attributes_not_allowed: 'The server takes nothing but the address of a wallet.',
  token_refused: 'The server does not renew this session. Sign in again.',
  token_source_not_supported: 'The server does not take this way to sign in.',
  token_user_not_a_wallet: 'This user is no wallet.',
  invalid_token: 'This session is not valid here. Sign in again.',
  expired_token: 'This session has ended. Sign in again.',
  keys_unavailable: 'The session cannot be checked now. Try again in a moment.',
  // the session
  invalid_config: 'The gallery is not set up here.',
  invalid_argument: 'The page made a mistake. Reload it and try again.',
  unknown_route: 'The page asked for something that this server does not have.',
  shared_origin:
    'Sign-in is off at this address: on an IPFS path gateway, every other site could read your session. Open the gallery at its own address to sign in. You can look at everything here.',
  unreadable_challenge: 'The server sent no usable message to sign. Try again later.',
  refused_signature: 'The signature was refused, so you are not signed in.',
  expired_challenge: 'Signing took too long, and the request has expired. Try again.',
  sign_in_failed: 'Signing in did not work. Try again.',
  not_signed_in: 'You are not signed in.',
  session_ended: 'Your session has ended. Sign in again.',
  session_reused:
    'Your session was continued somewhere else, so it has ended here. If that was not you, sign in again and choose “Sign out everywhere”.',
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
  not_configured: 'The gallery is not set up here.',
  part_missing: 'A part of the page did not load. Check your connection and try again.',
};

/**
 * Every sentence of the page, in English. `de.ts` has the same ones; the compiler compares. Numbers
 * and dates come in as text, written for the language (`numbers.ts`).
 */
export const en = {
  title: 'NFT Gallery',
  bar: {
    home: 'NFT Gallery, home',
    search: 'Name, address, collection or link',
    searchButton: 'Search',
    chain: 'Chain',
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
  },
  pages: {
    home: 'NFT Gallery',
    me: 'My NFTs',
    compare: 'Compare providers',
    session: 'Your session',
    unknown: 'Nothing here',
    loading: 'Loading…',
    failed: 'This part of the page did not load. Check your connection.',
    retry: 'Try again',
  },
  newTab: '(opens in a new tab)',
  copy: {
    copied: 'Copied',
    failed: 'Not copied: select the text and copy it.',
  },
  picture: {
    none: 'No picture',
    large: 'Large picture: open to see it',
    loadLarge: 'Load the large picture',
    loading: 'The picture is loading…',
    retry: 'Try again',
  },
  grid: {
    more: 'Load more',
    spam: 'Likely spam',
    spamByWords: 'Its words look like bait.',
    spamByProvider: 'The provider says so.',
    balance: (count: string) => `${count} held`,
    kinds: { video: 'Video', audio: 'Audio', model: '3D', html: 'Interactive' },
  },
  states: {
    slow: 'This takes longer than usual. It is still on its way.',
    offline: 'You are offline.',
    offlineWithValue: 'What is loaded stays here. The rest comes when you are online again.',
    offlineWithout: 'It loads by itself when you are online again.',
    noNode: 'Addresses work without one.',
    retryIn: (seconds: string) => `Next try in ${seconds} s`,
    retriesItself: 'It is tried again without you.',
    retry: 'Try again',
    retryNow: 'Try now',
    refresh: 'Refresh',
    reference: (id: string) => `Reference: ${id}`,
    signInAgain: 'Sign in again',
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
  failures,
  footer: 'NFT data by Alchemy and Moralis. Names, pictures and texts come from the NFTs’ makers.',
};

export type Texts = typeof en;
