import type { Nft } from 'nft-gallery-client';
import { type Media, mediaOf } from '../nft/media.ts';
import { type SpamReason, spamReason } from '../nft/spam.ts';

/** Remembers an answer as long as the token: thousands are sorted, filtered, and drawn as they scroll by. */
function remembered<Answer>(ask: (nft: Nft) => Answer): (nft: Nft) => Answer {
  const answers = new WeakMap<Nft, { answer: Answer }>();
  return (nft) => {
    const known = answers.get(nft) ?? { answer: ask(nft) };
    answers.set(nft, known);
    return known.answer;
  };
}

export const knownMediaOf: (nft: Nft) => Media = remembered(mediaOf);
/** Of all that is loaded; the media are worked out only for what is drawn. */
export const knownSpamOf: (nft: Nft) => SpamReason | null = remembered(spamReason);
