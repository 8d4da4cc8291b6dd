import type { ReactNode } from 'react';
import { useGallery } from '../gallery.ts';
import { OPENS_ELSEWHERE } from '../nft/media.ts';
import { LeavingIcon } from './icons.tsx';

interface ElsewhereLinkProps {
  url: string;
  /** Shown, so that a person knows who will learn of the visit. */
  host: string;
  children: ReactNode;
  class?: string;
}

/** To another site, in a new tab, which does not learn where the person came from. */
export function ElsewhereLink({ url, host, children, class: extra = '' }: ElsewhereLinkProps) {
  const { texts } = useGallery();
  return (
    <a href={url} {...OPENS_ELSEWHERE} class={`group inline-flex items-baseline gap-2 ${extra}`}>
      <span class="font-medium underline-offset-4 group-hover:underline">{children}</span>
      <bdi class="muted min-w-0 text-xs break-all">{host}</bdi>
      <LeavingIcon class="muted size-3 shrink-0 self-center" />
      <span class="sr-only">{texts.newTab}</span>
    </a>
  );
}
