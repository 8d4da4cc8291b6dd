import type { RefObject } from 'react';
import { useGallery } from '../gallery.ts';
import { Banner, BannerButton } from './Banner.tsx';
import type { Note, ProviderName } from './notes.ts';

export const PROVIDER_NAMES: Record<ProviderName, string> = {
  alchemy: 'Alchemy',
  moralis: 'Moralis',
};

interface NoteBannerProps {
  note: Note;
  onRetry(): void;
  heir: RefObject<HTMLElement | null>;
}

/** What is shown is old, in part, or from another provider than usual. */
export function NoteBanner({ note, onRetry, heir }: NoteBannerProps) {
  const { states } = useGallery().texts;
  const action = note.kind === 'stale' && (
    <BannerButton onClick={onRetry}>{states.refresh}</BannerButton>
  );
  return (
    <Banner tone="quiet" heir={heir} action={action}>
      <NoteText note={note} />
    </Banner>
  );
}

function NoteText({ note }: { note: Note }) {
  const { numbers, texts } = useGallery();
  const { states } = texts;
  if (note.kind === 'stale') return <p>{states.stale}</p>;
  if (note.kind === 'failed_over')
    return <p>{states.failedOver(PROVIDER_NAMES[note.used], PROVIDER_NAMES[note.usual])}</p>;
  return (
    <>
      {note.unreadable > 0 && <p>{states.unreadable(numbers.count(note.unreadable))}</p>}
      {note.spamLeftOut > 0 && <p>{states.spamLeftOut(numbers.count(note.spamLeftOut))}</p>}
    </>
  );
}
