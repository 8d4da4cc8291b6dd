import { type ReactNode, useEffect, useRef } from 'react';
import { useGallery } from '../gallery.ts';
import { CrossIcon } from './icons.tsx';
import { keepFocus } from './keepFocus.ts';

interface DialogProps {
  id: string;
  title: string;
  /** What is shown; where it changes, the focus goes to the title, as what had it may be gone. */
  step?: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal <dialog>: the browser keeps the focus inside. Whatever opened it has the focus after it. */
export function Dialog({ id, title, step = '', onClose, children }: DialogProps) {
  const { texts } = useGallery();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const firstStep = useRef(step);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // a dialog that is taken away gives no focus back, as one that is closed does
      const isLost = document.activeElement?.matches('body, main');
      if (isLost && opener instanceof HTMLElement) opener.focus();
      setTimeout(keepFocus); // what opened it may be taken away as well
    };
  }, []);
  useEffect(() => {
    if (step !== firstStep.current) heading.current?.focus();
    firstStep.current = '';
  }, [step]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it; keys have Escape
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      class="panel m-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-min(2rem,8vw))] max-w-sm overflow-y-auto p-0 text-inherit shadow-2xl backdrop:bg-stone-950/50 backdrop:backdrop-blur-xs"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="p-[min(1.25rem,6vw)]">
        <div class="flex flex-wrap-reverse items-center justify-between">
          <h2
            id={`${id}-title`}
            ref={heading}
            tabIndex={-1}
            class="text-lg font-semibold focus:outline-none"
          >
            {title}
          </h2>
          <button
            type="button"
            aria-label={texts.close}
            class="muted ms-auto -me-2 rounded-full p-3 hover:bg-stone-100 dark:hover:bg-stone-800"
            onClick={() => dialog.current?.close()}
          >
            <CrossIcon class="size-4" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
