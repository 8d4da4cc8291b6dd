import type { ReactNode } from 'react';
import { PictureIcon } from '../components/icons.tsx';

interface EmptyProps {
  title: string;
  text?: string;
  /** There is nothing else on the page. */
  isPage?: boolean;
  children?: ReactNode;
}

/** There is nothing, and that is no failure. */
export function Empty({ title, text, isPage = false, children }: EmptyProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div class="flex flex-col items-center px-6 py-16 text-center">
      <PictureIcon class="size-10 text-stone-400 dark:text-stone-600" />
      <Title class="mt-4 font-medium">{title}</Title>
      {text && <p class="muted mt-1 max-w-md text-sm">{text}</p>}
      {children && <div class="mt-5 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}
