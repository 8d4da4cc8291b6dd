import { useLayoutEffect, useRef } from 'react';
import { useGallery } from '../gallery.ts';

const OWN_MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/** After Back: scrolls to where the page was left, as soon as it has rows enough, unless the person moves. */
export function useKeptPlace(rowCount: number): void {
  const { router } = useGallery();
  const target = useRef(router.scrollTop());

  useLayoutEffect(() => {
    const give = () => {
      target.current = 0;
    };
    for (const move of OWN_MOVES) window.addEventListener(move, give, { passive: true });
    return () => {
      for (const move of OWN_MOVES) window.removeEventListener(move, give);
    };
  }, []);

  useLayoutEffect(() => {
    if (rowCount === 0 || target.current === 0) return;
    window.scrollTo({ top: target.current, behavior: 'instant' });
    if (Math.abs(window.scrollY - target.current) < 2) target.current = 0;
  }, [rowCount]);
}
