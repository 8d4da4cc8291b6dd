import { addressOf, useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';
import { useCompareTexts } from '../text/pages/compare.ts';
import { OwnRoutes } from './OwnRoutes.tsx';
import { RawCollection } from './RawCollection.tsx';
import { useRawLists } from './useRawLists.ts';

/** The lookups that hand the providers' own answers through, and what they cost. */
export function ComparePage() {
  const { session } = useGallery();
  useStore(session);
  const address = addressOf(session);
  const open = useRawLists(address);
  const words = useCompareTexts();
  return (
    <div class="pt-10">
      <h1 class="text-3xl font-semibold tracking-tight">{words.title}</h1>
      <p class="muted mt-3 max-w-2xl text-pretty">{words.explanation}</p>
      <section aria-labelledby="own-routes-title" class="mt-10">
        <h2 id="own-routes-title" class="text-xl font-semibold tracking-tight">
          {words.own}
        </h2>
        {address === null ? (
          <p class="panel muted mt-4 p-6">{words.signIn}</p>
        ) : (
          <OwnRoutes key={address} open={open} />
        )}
      </section>
      <RawCollection open={open} />
    </div>
  );
}
