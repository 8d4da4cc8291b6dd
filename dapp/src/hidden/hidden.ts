import { asCount, asList, asRecord, asText, parseJson } from '../json.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { createStore, type Readable } from '../store.ts';
import { idOf } from '../token/neighbours.ts';

/** `own`: without a reason to report it. */
export const HIDE_REASONS = ['own', 'spam', 'scam', 'copy', 'offensive'] as const;
export type HideReason = (typeof HIDE_REASONS)[number];

export interface HiddenToken extends TokenKey {
  reason: HideReason;
  /** Milliseconds since 1970. */
  hiddenAt: number;
}

/** What a person hides in this browser, newest first. Nobody else learns of it. */
export interface Hidden extends Readable<readonly HiddenToken[]> {
  /** Hides it, or gives it another reason. */
  hide(token: TokenKey, reason: HideReason): void;
  show(token: TokenKey): void;
  /** null where the token is not hidden. */
  find(token: TokenKey): HiddenToken | null;
  /** Another tab has changed the list. */
  follow(): void;
}

/** Under this name the browser keeps the list. */
export const HIDDEN_KEY = 'nft-gallery.hidden';
const LIMIT = 2000;

/** Each change begins with what the browser keeps, so that two tabs lose nothing of each other's. */
export function createHidden(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  now: () => number,
): Hidden {
  const read = () => parseHidden(storage.getItem(HIDDEN_KEY));
  const store = createStore(read());
  let index = indexOf(store.get());

  function set(tokens: readonly HiddenToken[]) {
    index = indexOf(tokens);
    store.set(tokens);
  }

  function change(token: TokenKey, added: readonly HiddenToken[]) {
    const id = idOf(token);
    const tokens = [...added, ...read().filter((other) => idOf(other) !== id)].slice(0, LIMIT);
    storage.setItem(HIDDEN_KEY, JSON.stringify(tokens));
    set(tokens);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    hide: (token, reason) => {
      const { chainId, contract, tokenId } = token;
      change(token, [{ chainId, contract, tokenId, reason, hiddenAt: now() }]);
    },
    show: (token) => change(token, []),
    find: (token) => index.get(idOf(token)) ?? null,
    follow: () => set(read()),
  };
}

/** A page of thousands asks for each of its tokens. */
function indexOf(tokens: readonly HiddenToken[]): ReadonlyMap<string, HiddenToken> {
  return new Map(tokens.map((token) => [idOf(token), token]));
}

/** What cannot be read is left out: a list from a newer page must not stop this one. */
function parseHidden(text: string | null): readonly HiddenToken[] {
  const items = text === null ? null : asList(parseJson(text));
  return (items ?? []).map(toHidden).filter((token) => token !== null);
}

function toHidden(item: unknown): HiddenToken | null {
  const record = asRecord(item);
  const [chainId, hiddenAt] = [asCount(record?.chainId), asCount(record?.hiddenAt)];
  const [contract, tokenId] = [asText(record?.contract), asText(record?.tokenId)];
  if (chainId === null || contract === null || tokenId === null) return null;
  const reason = HIDE_REASONS.find((known) => known === record?.reason) ?? 'own';
  return { chainId, contract, tokenId, reason, hiddenAt: hiddenAt ?? 0 };
}
