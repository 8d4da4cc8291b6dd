import type { ReactNode } from 'react';
import { useGallery } from '../gallery.ts';
import { type Route, toHash } from './routes.ts';

interface LinkProps {
  to: Route;
  /** As a dialog over the page. */
  over?: boolean;
  class?: string;
  label?: string;
  /** Leads to where one is. */
  isCurrent?: boolean;
  /** Before the page opens here; what is opened in another tab is not followed. */
  onFollow?(): void;
  children: ReactNode;
}

/** A real link, so that it can be copied, opened in a new tab and read by a screen reader. */
export function Link({
  to,
  over = false,
  label,
  isCurrent = false,
  onFollow,
  children,
  ...rest
}: LinkProps) {
  const { router } = useGallery();
  return (
    <a
      href={toHash(to)}
      {...(label && { 'aria-label': label })}
      {...(isCurrent && { 'aria-current': 'page' })}
      {...rest}
      onClick={(event) => {
        const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
        if (isElsewhere || event.button !== 0) return;
        event.preventDefault();
        onFollow?.();
        router.go(to, { over });
      }}
    >
      {children}
    </a>
  );
}
