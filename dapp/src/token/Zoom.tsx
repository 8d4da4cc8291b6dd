import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { ZoomIcon } from '../components/icons.tsx';
import { useTokenTexts } from '../text/pages/token.ts';
import { zoomFactor } from './zoomFactor.ts';

/** Enlarged, and which place of the picture, each from 0 to 1, is in the middle of its frame. */
interface Zoomed {
  factor: number;
  x: number;
  y: number;
}

/** Shows the picture inside whole, or enlarged in a frame that scrolls. Nothing is animated. */
export function Zoom({ children }: { children: ReactNode }) {
  const texts = useTokenTexts();
  const frame = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [zoomed, setZoomed] = useState<Zoomed | null>(null);
  useLayoutEffect(() => {
    if (zoomed && frame.current) center(frame.current, zoomed);
  }, [zoomed]);

  const enlarge = (x: number, y: number) => {
    const factor = frame.current && factorOf(frame.current);
    if (!factor) return;
    setZoomed({ factor, x, y });
    frame.current?.focus({ preventScroll: true }); // the arrow keys scroll it
  };
  const shrink = () => {
    setZoomed(null);
    button.current?.focus({ preventScroll: true });
  };
  const size = zoomed ? `${zoomed.factor * 100}%` : '100%';
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same by keys */}
      <section
        ref={frame}
        tabIndex={zoomed ? 0 : -1}
        {...(zoomed && { 'aria-label': texts.zoomed })}
        class={`size-full outline-offset-[-4px] ${zoomed ? 'cursor-zoom-out overflow-auto overscroll-contain' : 'cursor-zoom-in overflow-hidden'}`}
        onClick={(event) => {
          if (!(event.target instanceof HTMLImageElement)) return;
          if (zoomed) shrink();
          else enlarge(...placeOf(event, event.target));
        }}
        onKeyDown={(event) => {
          if (!zoomed) return;
          if (event.key.startsWith('Arrow')) event.stopPropagation(); // they turn no page now
          if (event.key !== 'Escape') return;
          event.preventDefault(); // closes no dialog now
          event.stopPropagation();
          shrink();
        }}
      >
        <div style={{ width: size, height: size }}>{children}</div>
      </section>
      <button
        ref={button}
        type="button"
        aria-label={zoomed ? texts.zoomOut : texts.zoomIn}
        title={zoomed ? texts.zoomOut : texts.zoomIn}
        aria-pressed={zoomed !== null}
        class="absolute right-3 bottom-3 grid size-11 place-items-center rounded-full bg-stone-950/75 text-white hover:bg-stone-950"
        onClick={() => (zoomed ? shrink() : enlarge(0.5, 0.5))}
      >
        <ZoomIcon isOut={zoomed !== null} class="size-5" />
      </button>
    </>
  );
}

/** null while no picture is there to enlarge. */
function factorOf(frame: HTMLElement): number | null {
  const image = frame.querySelector('img');
  if (!image?.complete) return null;
  const natural = { width: image.naturalWidth, height: image.naturalHeight };
  const room = { width: frame.clientWidth, height: frame.clientHeight };
  return zoomFactor(natural, room, window.devicePixelRatio);
}

function placeOf(event: MouseEvent, image: HTMLImageElement): [x: number, y: number] {
  const box = image.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
}

function center(frame: HTMLElement, { x, y }: Zoomed): void {
  frame.scrollLeft = x * frame.scrollWidth - frame.clientWidth / 2;
  frame.scrollTop = y * frame.scrollHeight - frame.clientHeight / 2;
}
