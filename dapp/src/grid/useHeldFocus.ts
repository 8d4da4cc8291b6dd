import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Where the focus goes while the card that had it is scrolled away. */
export interface HeldFocus {
  list: RefObject<HTMLDivElement | null>;
  /** The card that had it. */
  token: { current: string | null };
}

export function useHeldFocus(): HeldFocus {
  return { list: useRef<HTMLDivElement>(null), token: useRef<string | null>(null) };
}

/** The focus of a card that leaves goes to its list, and comes back with the card. */
export function useCardFocus(token: string, { list, token: held }: HeldFocus) {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    if (held.current === token) {
      if (document.activeElement === list.current)
        element?.querySelector('a')?.focus({ preventScroll: true });
      held.current = null;
    }
    return () => {
      if (!element?.contains(document.activeElement)) return;
      held.current = token;
      list.current?.focus({ preventScroll: true });
    };
  }, [token, list, held]);
  return card;
}
