import { useState } from 'react';
import type { Nft } from '../nft/nft.ts';
import { PictureIcon, PlayIcon } from './icons.tsx';

/** A still picture first; a video starts only when asked for, pages and models never run here. */
export function NftMedia({ nft }: { nft: Nft }) {
  const [playback, setPlayback] = useState<'stopped' | 'playing' | 'failed'>('stopped');
  const { animation } = nft;
  const isVideo = animation?.kind === 'video' && animation.urls.length > 0;
  const badge = playback === 'failed' ? 'Video unavailable' : animation && BADGES[animation.kind];
  return (
    <div class="relative aspect-square overflow-hidden bg-stone-100 dark:bg-stone-800">
      {isVideo && playback === 'playing' ? (
        <Video nft={nft} urls={animation.urls} onFail={() => setPlayback('failed')} />
      ) : (
        <Picture nft={nft} />
      )}
      {isVideo && playback === 'stopped' && (
        <button
          type="button"
          aria-label={`Play video: ${nft.title}`}
          class="absolute right-2 bottom-2 grid size-11 place-items-center rounded-full bg-stone-950/75 text-white transition-transform hover:scale-105"
          onClick={() => setPlayback('playing')}
        >
          <PlayIcon class="size-5" />
        </button>
      )}
      {badge && <Badge text={badge} />}
    </div>
  );
}

const BADGES = { video: 'Video', audio: 'Audio', model: '3D', html: 'Interactive' } as const;

function Badge({ text }: { text: string }) {
  return (
    <span class="absolute top-2 left-2 rounded-full bg-stone-950/75 px-2.5 py-1 text-xs font-medium text-white">
      {text}
    </span>
  );
}

/** Tries each address in turn, then shows a placeholder. */
function Picture({ nft }: { nft: Nft }) {
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<string | null>(null);
  const source = nft.images[attempt];
  if (source === undefined) return <Placeholder />;
  return (
    <img
      key={source}
      src={source}
      alt={nft.title}
      width="400"
      height="400"
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      class={`size-full object-cover transition duration-300 group-hover:scale-102 ${loaded === source ? '' : 'opacity-0'}`}
      onLoad={() => setLoaded(source)}
      onError={() => setAttempt(attempt + 1)}
    />
  );
}

function Placeholder() {
  return (
    <div class="muted grid size-full place-content-center justify-items-center gap-2">
      <PictureIcon class="size-10 opacity-60" />
      <span class="text-xs">No image</span>
    </div>
  );
}

interface VideoProps {
  nft: Nft;
  urls: readonly string[];
  onFail(): void;
}

function Video({ nft, urls, onFail }: VideoProps) {
  const [attempt, setAttempt] = useState(0);
  const source = urls[attempt];
  const poster = nft.images[0];
  return (
    <video
      key={source}
      src={source}
      aria-label={nft.title}
      class="size-full object-contain"
      controls
      autoPlay
      loop
      muted
      playsInline
      {...(poster && { poster })}
      onError={() => (attempt + 1 < urls.length ? setAttempt(attempt + 1) : onFail())}
    />
  );
}
