import type { PageStorage } from '../storage.ts';

/** The rdns of the wallet that signed in last. It stays after a sign-out. */
export const WALLET_KEY = 'nft-gallery.wallet';
/** Whose session there is, or was until it ended by itself. */
export const HOLDER_KEY = 'nft-gallery.holder';
/** The account that the wallet shows while the person stays signed in as another. */
export const STAYS_KEY = 'nft-gallery.stays';
const PLACE_KEY = 'nft-gallery.place';
/** As Amplify spells its keys: `CognitoIdentityServiceProvider.CLIENT.LastAuthUser`. */
const COGNITO = 'CognitoIdentityServiceProvider.';
const LAST_USER = /^CognitoIdentityServiceProvider\..+\.LastAuthUser$/;

export type Place = 'browser' | 'tab';

/** Where the session is kept: in the browser, for all its tabs, or in this tab until it is closed. */
export interface TokenPlace extends PageStorage {
  get(): Place;
  /** Moves the session, so that there is never a copy of it. */
  move(to: Place): void;
  /** Whose tokens are kept; an address in lower case. */
  keptUser(): string | null;
  /** Whether a change of the browser's storage by another tab concerns this one's session. */
  concerns(key: string | null): boolean;
}

/** One session, one store: a tab whose session is its own neither reads nor writes the browser's. */
export function openTokenPlace(browser: PageStorage, tab: PageStorage): TokenPlace {
  const holds = (storage: PageStorage) => storage.keys().some((key) => LAST_USER.test(key));
  let place: Place = placeOnLoad();

  function placeOnLoad(): Place {
    if (holds(tab)) return 'tab';
    return !holds(browser) && browser.getItem(PLACE_KEY) === 'tab' ? 'tab' : 'browser';
  }

  const storageOf = (of: Place) => (of === 'tab' ? tab : browser);
  const forKey = (key: string) => (isOfSession(key) ? storageOf(place) : browser);

  function move(to: Place) {
    if (to === 'tab') browser.setItem(PLACE_KEY, to);
    else browser.removeItem(PLACE_KEY);
    if (to === place) return;
    const from = storageOf(place);
    place = to;
    const keys = from.keys().filter(isOfSession);
    // whose session it is comes last there and goes first here: other tabs listen for that
    for (const key of keys.sort((one, other) => rank(one) - rank(other))) {
      storageOf(to).setItem(key, from.getItem(key) ?? '');
    }
    for (const key of keys.reverse()) from.removeItem(key);
  }

  return {
    getItem: (key) => forKey(key).getItem(key),
    setItem: (key, value) => forKey(key).setItem(key, value),
    removeItem: (key) => forKey(key).removeItem(key),
    keys: () => [...new Set([...browser.keys(), ...tab.keys()])],
    isBlocked: () => storageOf(place).isBlocked(),
    get: () => place,
    move,
    keptUser() {
      const storage = storageOf(place);
      const key = storage.keys().find((candidate) => LAST_USER.test(candidate));
      return key === undefined ? null : storage.getItem(key);
    },
    concerns: (key) =>
      place === 'browser' && (key === null || key === HOLDER_KEY || LAST_USER.test(key)),
  };
}

function isOfSession(key: string): boolean {
  return (
    key.startsWith(COGNITO) ||
    key.startsWith(`${WALLET_KEY}.`) || // the client's: who signed in
    key === HOLDER_KEY ||
    key === STAYS_KEY
  );
}

const rank = (key: string) => (LAST_USER.test(key) ? 1 : 0);
