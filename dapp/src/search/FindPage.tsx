import { type ReactNode, useEffect } from 'react';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { displayText } from '../displayText.ts';
import type { Address } from '../ethereum/address.ts';
import { toChecksumAddress } from '../ethereum/checksum.ts';
import { useGallery } from '../gallery.ts';
import { FEATURED } from '../home/featured.ts';
import type { Route } from '../routing/routes.ts';
import { type Store, useStore } from '../store.ts';
import { Choices } from './Choices.tsx';
import { type Draft, NO_DRAFT } from './draft.ts';
import { visit } from './lookUp.ts';
import { knownCollections, possibilitiesOf } from './possibilities.ts';
import type { Reading } from './reading.ts';
import { readSearch } from './readSearch.ts';
import type { Recent } from './recents.ts';
import { useDecision } from './useDecision.ts';

/** What a text could be. It leads on by itself as soon as that can be decided. */
export function FindPage({ text }: { text: string }) {
  const { chainChoice, draft } = useGallery();
  const chainId = useStore(chainChoice)?.chainId;
  useEffect(() => showInBox(draft, text), [draft, text]);
  const reading = readSearch(text, chainId);
  if (reading.is === 'address')
    return <EitherPage address={reading.address} chainId={reading.chainId} />;
  return <PossibilitiesPage text={text} reading={reading} />;
}

/** It stands in the box, to be mended, for as long as this page says what it could be. */
function showInBox(draft: Store<Draft>, text: string): () => void {
  if (draft.get().text === '') draft.set({ ...draft.get(), text });
  return () => {
    if (draft.get().text.trim() === text) draft.set(NO_DRAFT);
  };
}

interface EitherPageProps {
  address: Address;
  chainId: number | null;
}

function EitherPage({ address, chainId }: EitherPageProps) {
  const { chainChoice, texts } = useGallery();
  const state = useDecision(address, chainId);
  const chosen = useStore(chainChoice);
  const on = chainId ?? chosen?.chainId ?? 1;
  const choices: Route[] = [
    { page: 'owner', owner: address },
    { page: 'collection', chainId: on, contract: address },
  ];
  return (
    <Frame title={toChecksumAddress(address)} isAddress>
      <p class="muted mt-3" role="status">
        {state === 'asking' ? texts.find.asking : texts.find.undecided}
      </p>
      <Choices choices={choices.map((route): Recent => ({ route, name: null, slug: null }))} />
    </Frame>
  );
}

interface PossibilitiesPageProps {
  text: string;
  reading: Exclude<Reading, { is: 'address' }>;
}

function PossibilitiesPage({ text, reading }: PossibilitiesPageProps) {
  const gallery = useGallery();
  const { texts } = gallery;
  const known = knownCollections(FEATURED, useStore(gallery.recents));
  const { choices, decided, elsewhere, sentence } = possibilitiesOf(
    reading,
    text,
    known,
    texts.find,
  );
  useEffect(() => {
    if (decided) visit(decided, gallery, { replace: true });
  }, [text]);
  if (decided) return null;
  return (
    <Frame title={displayText(text) ?? ''}>
      <p class="mt-3 text-pretty">{sentence}</p>
      <Choices choices={choices} />
      {elsewhere && (
        <p class="mt-6">
          <ElsewhereLink {...elsewhere}>{texts.find.open}</ElsewhereLink>
        </p>
      )}
      <p class="muted mt-10 text-sm">{texts.find.takes}</p>
    </Frame>
  );
}

interface FrameProps {
  title: string;
  isAddress?: boolean;
  children: ReactNode;
}

function Frame({ title, isAddress = false, children }: FrameProps) {
  return (
    <div class="mx-auto max-w-2xl pt-12 sm:pt-16">
      <h1
        class={`font-semibold tracking-tight break-words ${isAddress ? 'font-mono text-lg sm:text-xl' : 'text-2xl'}`}
      >
        <bdi>{title}</bdi>
      </h1>
      {children}
    </div>
  );
}
