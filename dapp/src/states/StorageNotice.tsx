import { useEffect, useRef, useState } from 'react';
import { useGallery } from '../gallery.ts';
import { Banner, BannerButton } from './Banner.tsx';

/** Said once a visit to whoever blocks storage, or whose storage is full. */
export function StorageNotice() {
  const { place, texts } = useGallery();
  const { states } = texts;
  const heir = useRef<HTMLDivElement>(null);
  const [isShown, setShown] = useState(false);
  useEffect(() => setShown(place.isBlocked()), [place]);
  return (
    <div ref={heir} role="status" tabIndex={-1} class="not-empty:mt-4 focus:outline-none">
      {isShown && (
        <Banner
          tone="warning"
          heir={heir}
          action={<BannerButton onClick={() => setShown(false)}>{states.understood}</BannerButton>}
        >
          {states.storageBlocked}
        </Banner>
      )}
    </div>
  );
}
