import { useLayoutEffect, useRef, useState } from 'react';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { useGallery } from '../gallery.ts';
import { HIDE_REASONS, type HiddenToken, type HideReason } from '../hidden/hidden.ts';
import { marketLinks } from '../nft/marketplaces.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { useStore } from '../store.ts';
import { useTokenTexts } from '../text/pages/token.ts';

/** Hides a token in this browser, with a reason, and says where it can be reported. */
export function HideReport({ token }: { token: TokenKey }) {
  const { hidden } = useGallery();
  useStore(hidden);
  const found = hidden.find(token);
  const wasHidden = useRef(found !== null);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (wasHidden.current !== (found !== null)) box.current?.focus(); // what had it went away
    wasHidden.current = found !== null;
  }, [found]);
  return (
    <div ref={box} tabIndex={-1} class="rounded-2xl focus:outline-none">
      {found ? <IsHidden token={token} found={found} /> : <MayHide token={token} />}
    </div>
  );
}

function IsHidden({ token, found }: { token: TokenKey; found: HiddenToken }) {
  const { hidden } = useGallery();
  const texts = useTokenTexts();
  const markets = found.reason === 'own' ? [] : marketLinks(token);
  return (
    <div
      role="status"
      class="rounded-2xl border border-amber-300 bg-amber-50 p-4 text-sm text-amber-950 dark:border-amber-500/40 dark:bg-amber-950 dark:text-amber-50"
    >
      <p>{texts.hidden(texts.hideReasons[found.reason])}</p>
      {markets.length > 0 && (
        <>
          <p class="mt-2">{texts.reportTo}</p>
          <ul class="mt-1 flex flex-wrap gap-x-5">
            {markets.map(({ name, url, host }) => (
              <li key={name}>
                <ElsewhereLink url={url} host={host} class="py-1">
                  {name}
                </ElsewhereLink>
              </li>
            ))}
          </ul>
        </>
      )}
      <button
        type="button"
        class="mt-2 min-h-9 font-medium underline underline-offset-4"
        onClick={() => hidden.show(token)}
      >
        {texts.show}
      </button>
    </div>
  );
}

function MayHide({ token }: { token: TokenKey }) {
  const { hidden } = useGallery();
  const texts = useTokenTexts();
  const [reason, setReason] = useState<HideReason>('own');
  return (
    <details class="text-sm">
      <summary class="muted w-fit cursor-pointer py-1 underline-offset-4 hover:underline">
        {texts.hide}
      </summary>
      <form
        class="panel mt-2 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          hidden.hide(token, reason);
        }}
      >
        <fieldset>
          <legend class="font-medium">{texts.hideReason}</legend>
          {HIDE_REASONS.map((value) => (
            <label key={value} class="flex min-h-9 items-center gap-2.5">
              <input
                type="radio"
                name="reason"
                checked={value === reason}
                class="size-4 accent-amber-700 dark:accent-amber-400"
                onChange={() => setReason(value)}
              />
              {texts.hideReasons[value]}
            </label>
          ))}
        </fieldset>
        <p class="muted mt-2">{texts.hideNote}</p>
        <button type="submit" class="button button-quiet mt-3">
          {texts.hideHere}
        </button>
      </form>
    </details>
  );
}
