import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Where what has the focus goes away, `heir` gets it, so that it is never lost to the page. */
export function useFocusHeir(heir: RefObject<HTMLElement | null>) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = element;
    return () => {
      if (current?.contains(document.activeElement)) heir.current?.focus({ preventScroll: true });
    };
  }, [heir]);
  return element;
}
