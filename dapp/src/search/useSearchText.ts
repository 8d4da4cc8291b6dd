import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { useGallery } from '../gallery.ts';
import { lookUp } from './lookUp.ts';

export interface SearchText {
  text: string;
  setText(text: string): void;
  /** Looks up what stands there. */
  submit(): void;
  clear(): void;
}

/** The input keeps its own text, so that what was typed before the script ran stays. */
export function useSearchText(input: RefObject<HTMLInputElement | null>): SearchText {
  const gallery = useGallery();
  const { draft } = gallery;
  const [text, setText] = useState('');

  function become(next: string) {
    if (input.current) input.current.value = next;
    setText(next);
  }

  async function submit() {
    const route = await lookUp(input.current?.value ?? '', gallery);
    // what is not decided stays, to be mended
    if (route && route.page !== 'find') become('');
  }

  useLayoutEffect(() => {
    const left = draft.take();
    if (!left) return;
    become(left.text);
    if (left.isFocused) input.current?.focus();
    if (left.isSubmitted) void submit();
  }, []);

  useEffect(() => {
    const shown = input.current;
    return () => {
      if (shown)
        draft.leave({
          text: shown.value,
          isFocused: document.activeElement === shown,
          isSubmitted: false,
        });
    };
  }, []);

  return { text, setText, submit: () => void submit(), clear: () => become('') };
}
