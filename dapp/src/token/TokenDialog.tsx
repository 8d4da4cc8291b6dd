import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { ChevronIcon, CrossIcon } from '../components/icons.tsx';
import { keepFocus } from '../components/keepFocus.ts';
import { useGallery } from '../gallery.ts';
import { titleOf } from '../grid/words.ts';
import { toHash } from '../routing/routes.ts';
import { useTitle } from '../routing/useTitle.ts';
import { useTokenTexts } from '../text/pages/token.ts';
import { idOf, moreTokens, type ShownToken } from './neighbours.ts';
import { TokenView } from './TokenView.tsx';
import { type TokenRoute, tokenRoute } from './tokenRoute.ts';
import { useNeighbours } from './useNeighbours.ts';
import { useToken } from './useToken.ts';

/** Over the grid that it was opened from: the arrows walk through it, Escape and Back close it. */
export function TokenDialog({ token }: { token: TokenRoute }) {
  const { router } = useGallery();
  const words = useTokenTexts();
  const asked = useToken(token);
  const beside = useNeighbours(token);
  const dialog = useModal(token);
  const pressed = useRef<EventTarget | null>(null);
  const title = asked.nft && titleOf(asked.nft);
  useTitle(title);
  const go = (to: ShownToken | null) => {
    const route = to && tokenRoute(to);
    if (route) router.go(route, { over: true, replace: true });
  };
  const walk = {
    previous: () => go(beside.previous),
    next: () => (beside.next ? go(beside.next) : moreTokens.get()?.()),
  };
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-label={title ?? words.loading}
      class="m-auto h-dvh max-h-none w-full max-w-none flex-col bg-white p-0 text-inherit focus:outline-none open:flex backdrop:bg-stone-950/60 md:h-[min(56rem,calc(100dvh-4rem))] md:w-[min(80rem,calc(100%-4rem))] md:rounded-3xl md:shadow-2xl dark:bg-stone-900"
      onClose={router.close}
      onPointerDown={(event) => {
        pressed.current = event.target;
      }}
      onClick={({ target }) => {
        // a text that is marked from inside to outside is no click beside
        if (target === dialog.current && pressed.current === target) dialog.current?.close();
      }}
      onKeyDown={(event) => {
        const step = stepOf(event);
        if (step) walk[step]();
      }}
    >
      <Controls {...{ beside, walk, title }} onClose={() => dialog.current?.close()} />
      <div
        key={idOf(token)}
        class="min-h-0 grow overflow-y-auto overscroll-contain wide:grid wide:grid-cols-[minmax(0,3fr)_minmax(22rem,2fr)] wide:overflow-hidden"
      >
        <TokenView
          {...{ token, asked }}
          stage="aspect-square max-h-[70dvh] w-full wide:aspect-auto wide:h-full wide:max-h-none"
          details="space-y-6 p-5 md:p-6 wide:overflow-y-auto"
        />
      </div>
    </dialog>
  );
}

interface ControlsProps {
  beside: ReturnType<typeof useNeighbours>;
  title: string | null;
  walk: Record<Step, () => void>;
  onClose(): void;
}

function Controls({ beside, title, walk, onClose }: ControlsProps) {
  const { numbers, texts: all } = useGallery();
  const texts = useTokenTexts();
  const { position, count, previous, next } = beside;
  const place =
    position === null ? '' : texts.position(numbers.count(position), numbers.count(count));
  return (
    <div class="flex items-center gap-1 border-b border-stone-200 px-2 py-1 dark:border-stone-800">
      {(previous || next) && (
        <>
          <Control label={texts.previous} isOff={!previous} onTap={walk.previous}>
            <ChevronIcon class="size-4 rotate-90 rtl:-rotate-90" />
          </Control>
          <Control label={texts.next} isOff={!next} onTap={walk.next}>
            <ChevronIcon class="size-4 -rotate-90 rtl:rotate-90" />
          </Control>
          <span class="muted px-2 text-sm tabular-nums" aria-hidden="true">
            {place}
          </span>
        </>
      )}
      <p role="status" class="sr-only">
        {title && `${title}. ${place}`}
      </p>
      <span class="grow" />
      <Control label={all.close} onTap={onClose}>
        <CrossIcon class="size-4" />
      </Control>
    </div>
  );
}

interface ControlProps {
  label: string;
  isOff?: boolean;
  onTap(): void;
  children: ReactNode;
}

/** One that is off stays where it is, with the focus. */
function Control({ label, isOff = false, onTap, children }: ControlProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      class="grid size-11 place-items-center rounded-full hover:bg-stone-100 aria-disabled:opacity-30 dark:hover:bg-stone-800"
      onClick={onTap}
    >
      {children}
    </button>
  );
}

/** Open while it is drawn. Then the focus goes to the card of the token that was seen last. */
function useModal(token: TokenRoute) {
  const dialog = useRef<HTMLDialogElement>(null);
  const last = useRef(token);
  last.current = token;
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.focus(); // so that its name is read, and no button looks chosen
    return () => {
      element?.close(); // gives the focus back to the card that opened it
      document.querySelector<HTMLElement>(`main a[href="${toHash(last.current)}"]`)?.focus();
      setTimeout(keepFocus); // the page under it may be another now
    };
  }, []);
  const id = idOf(token);
  // with each token, what had the focus may go
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element?.open && !element.contains(document.activeElement)) element.focus();
  }, [id]);
  return dialog;
}

const TAKES_ARROWS = 'input, textarea, select, video, audio, pre';

type Step = 'previous' | 'next';

/** Where an arrow leads as the page is read; null where the key means something else. */
function stepOf(event: KeyboardEvent): Step | null {
  const { key, target, altKey, ctrlKey, metaKey, shiftKey, repeat } = event;
  const isOther = altKey || ctrlKey || metaKey || shiftKey;
  // a key that is held down would write more history than browsers allow
  if (isOther || repeat || !(target instanceof Element) || target.closest(TAKES_ARROWS))
    return null;
  const isRtl = getComputedStyle(target).direction === 'rtl';
  if (key === 'ArrowLeft') return isRtl ? 'next' : 'previous';
  if (key === 'ArrowRight') return isRtl ? 'previous' : 'next';
  return null;
}
