import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useGallery } from '../gallery.ts';
import type { Picture as Way } from '../nft/media.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { useStore } from '../store.ts';
import { idOf } from '../token/neighbours.ts';
import { PictureIcon } from './icons.tsx';
import { createPatience } from './patience.ts';
import { createTriedWays } from './triedWays.ts';

interface PictureProps {
  token: TokenKey;
  /** The ways to it, in turn: `card` or `whole` of `mediaOf(nft)`. */
  ways: readonly Way[];
  alt: string;
  /** Of a card: fills it, offers nothing to tap. Whole: not cut, large ones on a tap. */
  fit: 'card' | 'whole';
}

const patience = createPatience({ now: Date.now });
const tried = createTriedWays();

/**
 * Tries each way, on error or when it hangs the next, then says that there is none. It fills the box
 * around it. Give it a `key` of the token: it begins anew with another.
 */
export function Picture({ token, ways, alt, fit }: PictureProps) {
  const { texts } = useGallery();
  const id = `${fit} ${idOf(token)}`;
  const [at, setAt] = useState(() => tried.of(id));
  const [isTapped, setIsTapped] = useState(false);
  useEffect(() => {
    const again = () => setAt(tried.of(id)); // what failed for want of a network
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [id]);
  const way = ways[at];
  const begin = (next: number) => {
    if (navigator.onLine) tried.note(id, next); // offline, nothing is the picture's fault
    setAt(next);
  };
  const shown = { alt, fit, onFail: () => begin(at + 1) };
  if (!way)
    return (
      <Placeholder text={texts.picture.none}>
        {fit === 'whole' && ways.length > 0 && (
          <TapButton label={texts.pages.retry} onTap={() => begin(0)} />
        )}
      </Placeholder>
    );
  if (way.via === 'direct') return <Image key={way.url} url={way.url} {...shown} />;
  if (!way.needsTap || isTapped)
    return <Inline key={way.image} token={token} image={way.image} {...shown} />;
  if (fit === 'card') return <Placeholder text={texts.picture.large} />;
  return (
    <Placeholder text={texts.picture.none}>
      <TapButton label={texts.picture.loadLarge} onTap={() => setIsTapped(true)} />
    </Placeholder>
  );
}

interface ShownProps {
  alt: string;
  fit: PictureProps['fit'];
  onFail(): void;
}

function Image({ url, alt, fit, onFail }: ShownProps & { url: string }) {
  const image = useRef<HTMLImageElement>(null);
  const [isLoaded, setIsLoaded] = useState(false);
  useHanging(isLoaded, onFail);
  useEffect(() => {
    const element = image.current;
    return () => element?.removeAttribute('src'); // what has scrolled by is not loaded to its end
  }, []);
  return (
    <img
      ref={image}
      src={url}
      alt={alt}
      decoding="async"
      referrerPolicy="no-referrer"
      class={`size-full ${FITS[fit]} transition-opacity duration-300 ${isLoaded ? '' : 'opacity-0'}`}
      onLoad={() => {
        patience.noteArrival();
        setIsLoaded(true);
      }}
      onError={onFail}
    />
  );
}

const FITS = { card: 'object-cover', whole: 'object-contain' } as const;

function useHanging(isLoaded: boolean, onFail: () => void): void {
  const [startedAt] = useState(Date.now);
  useEffect(() => {
    if (isLoaded) return;
    let timer = 0;
    const look = () => {
      const wait = patience.remaining(startedAt);
      if (wait === 0) onFail();
      else timer = window.setTimeout(look, wait);
    };
    look();
    return () => clearTimeout(timer);
  }, [isLoaded, startedAt]);
}

/** Through the API, which asks the stranger's host in the browser's place. */
function Inline({ token, image, ...shown }: ShownProps & InlineProps) {
  const { queries, texts } = useGallery();
  const { chainId, contract, tokenId } = token;
  const query = useMemo(
    () => queries.inlinePicture({ chainId, contract, tokenId }, image),
    [queries, chainId, contract, tokenId, image],
  );
  const { status, value } = useStore(query);
  useEffect(() => {
    const now = query.get(); // after a failure it is asked again as soon as it is shown
    if (now.value === null && now.status !== 'loading') shown.onFail();
  }, [query, status, value]);
  if (value !== null) return <Image url={value} {...shown} />;
  return <Placeholder text={shown.fit === 'whole' ? texts.picture.loading : ''} />;
}

interface InlineProps {
  token: TokenKey;
  image: 'small' | 'inline';
}

interface PlaceholderProps {
  text: string;
  children?: ReactNode;
}

function Placeholder({ text, children }: PlaceholderProps) {
  return (
    <span class="muted grid size-full place-content-center justify-items-center gap-2 p-3 text-center">
      <PictureIcon class="size-10 opacity-60" />
      <span class="text-xs">{text}</span>
      {children}
    </span>
  );
}

/** It goes away when it is tapped, and gives the focus to the frame around it. */
function TapButton({ label, onTap }: { label: string; onTap(): void }) {
  return (
    <button
      type="button"
      class="button button-quiet mt-2"
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>('[tabindex="-1"]')?.focus();
        onTap();
      }}
    >
      {label}
    </button>
  );
}
