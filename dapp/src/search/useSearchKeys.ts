import { type RefObject, useEffect } from 'react';

/** `/` and Ctrl-K lead to the box, from wherever nothing is being typed. */
export function useSearchKeys(input: RefObject<HTMLInputElement | null>, onOpen: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isForSearch(event) || document.querySelector('dialog:modal')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
      onOpen();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

function isForSearch(event: KeyboardEvent): boolean {
  const { altKey, ctrlKey, key, metaKey } = event;
  if (key.toLowerCase() === 'k') return (ctrlKey || metaKey) && !altKey;
  return key === '/' && !altKey && !ctrlKey && !metaKey && !isTyped(event.target);
}

function isTyped(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
