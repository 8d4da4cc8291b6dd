import { type ReactNode, useState } from 'react';
import { useTokenTexts } from '../text/pages/token.ts';

interface PlayerProps {
  kind: 'video' | 'audio';
  /** Of known hosts, best first: the next is tried when one fails. */
  urls: readonly string[];
  title: string;
  /** The picture, which stays beside sound. */
  children: ReactNode;
}

/** Plays what a person has tapped. It begins at once, and a video again at its end. */
export function Player({ kind, urls, title, children }: PlayerProps) {
  const texts = useTokenTexts();
  const [at, setAt] = useState(0);
  const url = urls[at];
  const shared = { src: url, controls: true, autoPlay: true, onError: () => setAt(at + 1) };
  return (
    <>
      {kind === 'video' && url ? (
        <video
          key={url}
          {...shared}
          aria-label={title}
          loop
          playsInline
          class="size-full object-contain"
        />
      ) : (
        children
      )}
      {kind === 'audio' && url && (
        <audio
          key={url}
          {...shared}
          aria-label={title}
          class="absolute bottom-3 left-3 w-[calc(100%-5rem)]"
        />
      )}
      {!url && (
        <p
          role="status"
          class="absolute bottom-3 left-3 rounded-full bg-stone-950/75 px-4 py-2.5 text-sm text-white"
        >
          {texts.playFailed}
        </p>
      )}
    </>
  );
}
