import { useEffect } from 'react';
import { useGallery } from '../gallery.ts';

/** The page's title while this is drawn, once it is known; then the one before it. */
export function useTitle(title: string | null): void {
  const { texts } = useGallery();
  useEffect(() => {
    if (title === null) return;
    const before = document.title;
    document.title = `${title} · ${texts.title}`;
    return () => {
      document.title = before;
    };
  }, [title, texts]);
}
