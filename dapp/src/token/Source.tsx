import type { Nft, TokenMetadata } from 'nft-gallery-client';
import { useRef } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { useGallery } from '../gallery.ts';
import type { QueryState } from '../queries/cache.ts';
import type { FailureCode } from '../queries/failure.ts';
import { useTokenTexts } from '../text/pages/token.ts';
import { Fact, Section } from './Section.tsx';
import { shownUri } from './tokenUri.ts';

interface SourceProps {
  nft: Nft;
  /** The token's own document, as the API read it from the contract. */
  metadata: QueryState<TokenMetadata>;
  onRetry(): void;
}

/** Where a token's text comes from, and whether that is proven. */
export function Source({ nft, metadata, onRetry }: SourceProps) {
  const texts = useTokenTexts();
  const answer = useRef<HTMLDivElement>(null);
  const uri = metadata.value?.tokenUri ?? nft.tokenUri;
  return (
    <Section title={texts.source}>
      <dl class="text-sm">
        <Fact name={texts.tokenUri}>
          {uri === null ? (
            <span class="muted">
              {metadata.value?.source === 'data' ? texts.tokenUriInContract : texts.noTokenUri}
            </span>
          ) : (
            <Uri {...{ uri, nft }} />
          )}
        </Fact>
      </dl>
      <div ref={answer} role="status" tabIndex={-1} class="muted mt-1 text-sm focus:outline-none">
        <Fetched
          metadata={metadata}
          onRetry={() => {
            answer.current?.focus({ preventScroll: true }); // the button goes away
            onRetry();
          }}
        />
      </div>
    </Section>
  );
}

function Uri({ uri, nft }: { uri: string; nft: Nft }) {
  const { numbers } = useGallery();
  const texts = useTokenTexts();
  const shown = shownUri(uri, nft.tokenId);
  if (!shown) return <span class="muted">{texts.noTokenUri}</span>;
  const { text, characters, url } = shown;
  return (
    <>
      <bdi class="min-w-0 font-mono text-xs break-all">{text}</bdi>
      {characters !== null && (
        <span class="muted text-xs">{texts.characters(numbers.count(characters))}</span>
      )}
      <CopyButton text={uri} label={texts.copyTokenUri} />
      {url !== null && !nft.spam.isSpam && (
        <ElsewhereLink url={url} host={new URL(url).host}>
          {texts.openTokenUri}
        </ElsewhereLink>
      )}
    </>
  );
}

/** What no node means: nothing is wrong, the contract is just not asked. */
const NO_NODE: ReadonlySet<FailureCode> = new Set(['no_node', 'unsupported_chain']);

function Fetched({ metadata, onRetry }: Omit<SourceProps, 'nft'>) {
  const { texts: all } = useGallery();
  const texts = useTokenTexts();
  const { failure, value } = metadata;
  if (value)
    return (
      <p>
        {texts.fetched[value.source]} {value.isVerified ? texts.proven : texts.unproven}
      </p>
    );
  if (!failure) return <p>{texts.fetching}</p>;
  if (NO_NODE.has(failure.code)) return <p>{texts.noNode}</p>;
  return (
    <p>
      {texts.notFetched(all.failures[failure.code])}{' '}
      <button type="button" class="font-medium underline underline-offset-4" onClick={onRetry}>
        {texts.fetchAgain}
      </button>
    </p>
  );
}
