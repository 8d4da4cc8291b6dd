import { useEffect, useRef, useState } from 'react';
import { PictureIcon } from '../components/icons.tsx';
import { createPictureAttempts, PICTURE_TIMEOUT } from './pictureAttempts.ts';

interface CardPictureProps {
  /** Of the token, to remember which of its pictures shows. */
  token: string;
  /** Tried in turn. */
  urls: readonly string[];
}

const attempts = createPictureAttempts();

/** Each candidate in turn, on error or time-out of the one before; then a placeholder. */
export function CardPicture({ token, urls }: CardPictureProps) {
  const [attempt, setAttempt] = useState(() => attempts.first(token));
  const url = urls[attempt];
  if (url === undefined) return <Placeholder />;
  return (
    <OnePicture
      key={url}
      url={url}
      onFail={() => {
        attempts.remember(token, attempt + 1);
        setAttempt(attempt + 1);
      }}
    />
  );
}

interface OnePictureProps {
  url: string;
  onFail(): void;
}

/** The title beside it says what it is, so it has no text of its own. */
function OnePicture({ url, onFail }: OnePictureProps) {
  const image = useRef<HTMLImageElement>(null);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (isShown) return;
    const timer = setTimeout(onFail, PICTURE_TIMEOUT);
    return () => clearTimeout(timer);
  });
  useEffect(() => {
    const element = image.current;
    return () => element?.removeAttribute('src'); // what scrolled by is not loaded to its end
  }, []);
  return (
    <img
      ref={image}
      src={url}
      alt=""
      width="400"
      height="400"
      decoding="async"
      referrerPolicy="no-referrer"
      class={`size-full object-cover transition duration-300 group-hover:scale-102 ${isShown ? '' : 'opacity-0'}`}
      onLoad={() => setShown(true)}
      onError={onFail}
    />
  );
}

export function Placeholder() {
  return (
    <span class="grid size-full place-content-center text-stone-400 dark:text-stone-600">
      <PictureIcon class="size-10" />
    </span>
  );
}
