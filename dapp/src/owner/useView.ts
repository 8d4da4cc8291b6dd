import { useCallback, useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import type { Route, RouteOptions } from '../routing/routes.ts';
import { optionsOf, readView, type View } from './view.ts';

export interface ChosenView {
  view: View;
  /** The page's address with this changed. */
  routeWith(change: Partial<View>): Route;
  /** Shows it in place, so that Back leaves the page. */
  choose(change: Partial<View>): void;
}

export function useView(options: RouteOptions): ChosenView {
  const { router } = useGallery();
  const view = useMemo(() => readView(options), [options]);
  const routeWith = useCallback(
    (change: Partial<View>): Route => {
      const { page } = router.get();
      return { ...page, options: optionsOf({ ...view, ...change }) };
    },
    [router, view],
  );
  const choose = useCallback(
    (change: Partial<View>) => router.go(routeWith(change), { replace: true }),
    [router, routeWith],
  );
  return { view, routeWith, choose };
}
