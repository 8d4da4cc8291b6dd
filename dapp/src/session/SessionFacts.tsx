import { type ReactNode, useEffect, useState } from 'react';
import type { SessionDetails } from '../auth/sessionDetails.ts';
import { labelOf } from '../bar/chainName.ts';
import { useChains } from '../bar/useChains.ts';
import type { Address } from '../ethereum/address.ts';
import { toChecksumAddress } from '../ethereum/checksum.ts';
import { useGallery } from '../gallery.ts';
import { useSessionTexts } from '../text/pages/session.ts';
import { useHolderName } from './useHolderName.ts';

const DAY = 86_400_000;

interface Facts {
  details: SessionDetails | null;
  /** Milliseconds since 1970; null where the stack does not say. */
  endsAt: number | null;
}

/** What the ID token and the stack's configuration say. */
export function SessionFacts({ address }: { address: Address }) {
  const { loadConfig, now, numbers, session } = useGallery();
  const [facts, setFacts] = useState<Facts | 'reading'>('reading');
  const name = useHolderName(address);
  useEffect(() => {
    let isCurrent = true;
    const read = async (): Promise<Facts> => {
      const [details, { sessionDays }] = await Promise.all([session.details(), loadConfig()]);
      const isKnown = details && sessionDays !== null;
      return { details, endsAt: isKnown ? details.signedInAt.getTime() + sessionDays * DAY : null };
    };
    read().then(
      (found) => isCurrent && setFacts(found),
      () => isCurrent && setFacts({ details: null, endsAt: null }),
    );
    return () => {
      isCurrent = false;
    };
  }, [session, loadConfig]);

  const words = useSessionTexts();
  return (
    <dl class="panel mt-6 grid gap-3 p-5 text-sm sm:grid-cols-2" aria-busy={facts === 'reading'}>
      <Row term={words.wallet} isWide>
        {name !== null && <bdi class="block font-medium">{name}</bdi>}
        <span class="font-mono break-all">{toChecksumAddress(address)}</span>
      </Row>
      {facts === 'reading' && <Row term={words.signedInAt}>{words.reading}</Row>}
      {facts !== 'reading' && facts.details === null && (
        <Row term={words.signedInAt}>{words.unreadable}</Row>
      )}
      {facts !== 'reading' && facts.details && (
        <>
          <Row term={words.ends} isWide>
            {facts.endsAt === null
              ? words.endsUnknown
              : words.endsIn(
                  `${numbers.dateTime(facts.endsAt)} (${numbers.ahead(facts.endsAt - now())})`,
                )}
          </Row>
          <Row term={words.signedInAt}>
            <Moment date={facts.details.signedInAt} />
          </Row>
          <Row term={words.renewedAt}>
            <Moment date={facts.details.renewedAt} />
          </Row>
          <Row term={words.site}>{facts.details.site}</Row>
          {facts.details.chainId && (
            <Row term={words.chain}>
              <ChainOf chainId={Number(facts.details.chainId)} />
            </Row>
          )}
        </>
      )}
    </dl>
  );
}

function ChainOf({ chainId }: { chainId: number }) {
  const { texts } = useGallery();
  return <>{labelOf(useChains(true), texts.bar.chainById)(chainId)}</>;
}

function Row({ term, isWide = false, children }: RowProps) {
  return (
    <div class={isWide ? 'sm:col-span-2' : ''}>
      <dt class="muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface RowProps {
  term: string;
  isWide?: boolean;
  children: ReactNode;
}

function Moment({ date }: { date: Date }) {
  const { numbers } = useGallery();
  return <time dateTime={date.toISOString()}>{numbers.dateTime(date.getTime())}</time>;
}
