import { type RefObject, useState } from 'react';
import { useGallery } from '../gallery.ts';
import { Banner, BannerButton } from './Banner.tsx';
import type { Note, ProviderName } from './notes.ts';

export const PROVIDER_NAMES: Record<ProviderName, string> = {
  alchemy: 'Alchemy',
  moralis: 'Moralis',
};

interface NoteBannerProps {
  /** At least one. */
  notes: readonly Note[];
  onRefresh(): void;
  heir: RefObject<HTMLElement | null>;
}

/** What is shown is old, in part, or from another provider than usual. Read once, it can go. */
export function NoteBanner({ notes, onRefresh, heir }: NoteBannerProps) {
  const { states } = useGallery().texts;
  const said = JSON.stringify(notes);
  const [read, setRead] = useState<string | null>(null);
  if (read === said) return null;
  return (
    <Banner
      tone="quiet"
      heir={heir}
      action={
        <>
          {notes.some(({ kind }) => kind === 'stale') && (
            <BannerButton onClick={onRefresh}>{states.refresh}</BannerButton>
          )}
          <BannerButton onClick={() => setRead(said)}>{states.understood}</BannerButton>
        </>
      }
    >
      {notes.map((note) => (
        <NoteText key={note.kind} note={note} />
      ))}
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
