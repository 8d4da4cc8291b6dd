import type { Nft } from 'nft-gallery-client';
import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import { useTokenTexts } from '../text/pages/token.ts';
import { Section } from './Section.tsx';
import { shownTraits } from './shownTraits.ts';

export function Traits({ attributes }: Pick<Nft, 'attributes'>) {
  const { numbers, texts } = useGallery();
  const words = useTokenTexts();
  const traits = useMemo(
    () => shownTraits(attributes, numbers, words.traitOf),
    [attributes, numbers, texts],
  );
  if (traits.length === 0) return null;
  return (
    <Section title={words.traits}>
      <dl class="grid grid-cols-[repeat(auto-fill,minmax(min(8.5rem,100%),1fr))] gap-2">
        {traits.map(({ name, value }, at) => (
          <div key={at} class="rounded-xl bg-stone-100 px-3 py-2 dark:bg-stone-800/70">
            <dt class="muted text-xs wrap-anywhere">
              <bdi>{name ?? words.unnamedTrait}</bdi>
            </dt>
            <dd class="mt-0.5 text-sm font-medium wrap-anywhere">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
