import type { RouterWindow } from './router.ts';

/** A window with a history of its own, as far as the router needs one. */
export function fakeWindow(
  hash = '',
): RouterWindow & { forward(): void; type(hash: string): void } {
  const entries: { state: unknown; hash: string }[] = [{ state: null, hash }];
  const listeners = new Set<() => void>();
  let at = 0;
  const current = () => entries[at] as (typeof entries)[number];
  const move = (steps: number) => {
    if (!entries[at + steps]) return;
    at += steps;
    for (const listener of listeners) listener();
  };
  const push = (state: unknown, hash: string) => {
    entries.splice(at + 1, entries.length, { state, hash });
    at += 1;
  };
  return {
    scrollY: 0,
    location: {
      get hash() {
        return current().hash;
      },
    },
    history: {
      scrollRestoration: 'auto',
      get state() {
        return current().state;
      },
      pushState: (state, _, url) => push(state, `${url}`),
      replaceState: (state, _, url) => {
        entries[at] = { state, hash: `${url}` };
      },
      back: () => move(-1),
    },
    addEventListener: (type, listener) => type === 'popstate' && listeners.add(listener),
    forward: () => move(1),
    type: (typed) => {
      push(null, typed);
      for (const listener of listeners) listener();
    },
  };
}
