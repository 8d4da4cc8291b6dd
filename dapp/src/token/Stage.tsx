import type { Nft } from 'nft-gallery-client';
import { useMemo, useState } from 'react';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { CrossIcon, PlayIcon } from '../components/icons.tsx';
import { Picture } from '../components/Picture.tsx';
import { displayText } from '../displayText.ts';
import { useGallery } from '../gallery.ts';
import { titleOf } from '../grid/words.ts';
import type { Media } from '../nft/media.ts';
import type { SpamReason } from '../nft/spam.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { useTokenTexts } from '../text/pages/token.ts';
import { Player } from './Player.tsx';
import { wholePictures } from './wholePictures.ts';
import { Zoom } from './Zoom.tsx';

interface StageProps {
  token: TokenKey;
  nft: Nft;
  media: Media;
  /** Sizes it. */
  class: string;
}

/** The whole picture; what moves or sounds waits for a tap, or stands elsewhere. */
export function Stage({ token, nft, media, class: size }: StageProps) {
  const words = useTokenTexts();
  const [isPlaying, setIsPlaying] = useState(false);
  const ways = useMemo(() => wholePictures(media), [media]);
  const { playable, spam } = media;
  const title = titleOf(nft);
  const shown = <Picture token={token} ways={ways} alt={title} fit="whole" />;
  const picture = ways.length > 0 ? <Zoom>{shown}</Zoom> : shown;
  const frame = `relative overflow-hidden bg-stone-100 dark:bg-stone-950 ${size}`;
  if (spam)
    return (
      <div class={frame}>
        <Folded reason={spam} />
      </div>
    );
  const player =
    playable && playable.kind !== 'model' ? { ...playable, kind: playable.kind } : null;
  return (
    <div class={frame}>
      {player && isPlaying ? (
        <Player {...player} title={title}>
          {picture}
        </Player>
      ) : (
        picture
      )}
      {player && (
        <PlayButton kind={player.kind} {...{ isPlaying }} onTap={() => setIsPlaying(!isPlaying)} />
      )}
      {!player && <OpensElsewhere media={media} />}
      {ways.length === 0 && nft.media.status === 'processing' && (
        <p class="muted absolute inset-x-0 bottom-16 text-center text-sm">{words.processing}</p>
      )}
    </div>
  );
}

interface PlayButtonProps {
  kind: 'video' | 'audio';
  isPlaying: boolean;
  onTap(): void;
}

/** One button that starts and stops, so that the focus stays on it. */
function PlayButton({ kind, isPlaying, onTap }: PlayButtonProps) {
  const texts = useTokenTexts();
  const place = isPlaying ? 'top-3 right-3' : 'bottom-3 left-3';
  return (
    <button
      type="button"
      class={`button absolute z-1 bg-stone-950/75 text-white hover:bg-stone-950 ${place}`}
      onClick={onTap}
    >
      {isPlaying ? <CrossIcon class="size-4" /> : <PlayIcon class="size-4" />}
      {isPlaying ? texts.stop : texts.play[kind]}
    </button>
  );
}

/**
 * A model or a page does not run here: a viewer would cost ten times the gallery, read a stranger's
 * file in the page that signs, and need every gateway in the policy's connect-src.
 */
function OpensElsewhere({ media }: { media: Media }) {
  const words = useTokenTexts();
  const part = media.elsewhere.find(({ what }) => what !== 'image' && what !== 'unknown');
  if (!part) return null;
  return (
    <p class="absolute bottom-3 left-3 max-w-[calc(100%-5rem)] rounded-full bg-white/90 px-4 py-2.5 text-sm shadow-sm dark:bg-stone-900/90">
      <ElsewhereLink url={part.url} host={part.host}>
        {words.files[part.what]}
      </ElsewhereLink>
    </p>
  );
}

/** Who looks at spam tells nobody, and sees why it is called so. */
function Folded({ reason }: { reason: SpamReason }) {
  const { grid } = useGallery().texts;
  const texts = useTokenTexts();
  const said = reason.by === 'provider' ? reason.classifications : [];
  const words = said.map((word) => displayText(word, 40)).filter((word) => word !== null);
  return (
    <div class="flex size-full flex-col items-center justify-center gap-2 p-8 text-center text-sm">
      <p class="text-base font-medium text-red-700 dark:text-red-400">{texts.spam}</p>
      <p>{reason.by === 'words' ? grid.spamByWords : grid.spamByProvider}</p>
      {words.length > 0 && (
        <p>
          <bdi>{words.join(', ')}</bdi>
        </p>
      )}
      <p class="muted">{texts.spamPictures}</p>
    </div>
  );
}
