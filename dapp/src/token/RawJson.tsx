import type { Nft, TokenMetadata } from 'nft-gallery-client';
import { useState } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { useGallery } from '../gallery.ts';
import { useTokenTexts } from '../text/pages/token.ts';
import { readableJson, wholeJson } from './readableJson.ts';

interface RawJsonProps {
  nft: Nft;
  metadata: TokenMetadata | null;
}

/** What the API answered, as it came. */
export function RawJson({ nft, metadata }: RawJsonProps) {
  const texts = useTokenTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      class="border-t border-stone-200 pt-5 dark:border-stone-800"
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary class="w-fit cursor-pointer text-base font-semibold">{texts.json}</summary>
      {isOpen && (
        <>
          <Json title={texts.jsonToken} value={nft} />
          {metadata && <Json title={texts.jsonMetadata} value={metadata} />}
        </>
      )}
    </details>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  const { numbers } = useGallery();
  const texts = useTokenTexts();
  const text = readableJson(value, (count) => texts.jsonCut(numbers.count(count)));
  return (
    <figure class="mt-3">
      <figcaption class="muted flex items-center justify-between gap-3 text-sm">
        {title}
        <CopyButton text={wholeJson(value)} label={texts.copyJson} class="flex-row-reverse" />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too
        tabIndex={0}
        dir="ltr"
        class="mt-1 max-h-96 overflow-auto rounded-xl bg-stone-100 p-4 font-mono text-xs break-all whitespace-pre-wrap dark:bg-stone-950"
      >
        {text}
      </pre>
    </figure>
  );
}
