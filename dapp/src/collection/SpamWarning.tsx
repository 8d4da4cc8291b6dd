import type { ContractDetails } from 'nft-gallery-client';
import { displayText } from '../displayText.ts';
import { useCollectionTexts } from '../text/pages/collection.ts';

/** Before anybody follows what such a collection asks for. */
export function SpamWarning({ spam }: { spam: ContractDetails['spam'] }) {
  const words = useCollectionTexts();
  if (!spam.isSpam) return null;
  const reasons = spam.classifications.map((word) => displayText(word, 40)).filter(Boolean);
  return (
    <div
      role="note"
      class="mt-5 rounded-2xl border border-red-300 bg-red-50 px-4 py-3 text-sm text-red-950 dark:border-red-500/40 dark:bg-red-950 dark:text-red-50"
    >
      <p class="font-semibold">{words.spam}</p>
      <p class="mt-1">{words.spamAdvice}</p>
      {reasons.length > 0 && (
        <p class="mt-1">
          <bdi>{reasons.join(', ')}</bdi>
        </p>
      )}
    </div>
  );
}
