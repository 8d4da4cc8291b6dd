import { type ReactNode, useEffect, useRef } from 'react';
import { CrossIcon } from './icons.tsx';

interface DialogProps {
  id: string;
  title: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal <dialog>: the browser keeps the focus inside and gives it back after. */
export function Dialog({ id, title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it; keys have Escape
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      class="panel m-auto w-[calc(100%-2rem)] max-w-sm p-0 text-inherit shadow-2xl backdrop:bg-stone-950/50 backdrop:backdrop-blur-xs"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="p-5">
        <div class="flex items-center justify-between">
          <h2 id={`${id}-title`} class="text-lg font-semibold">
            {title}
          </h2>
          <button
            type="button"
            aria-label="Close"
            class="muted -mr-2 rounded-full p-3 hover:bg-stone-100 dark:hover:bg-stone-800"
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
