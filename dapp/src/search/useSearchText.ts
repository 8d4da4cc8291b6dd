import { type RefObject, useLayoutEffect } from 'react';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';
import { lookUp } from './lookUp.ts';

export interface SearchText {
  text: string;
  setText(text: string): void;
  /** Looks up what stands there. */
  submit(): void;
}

/** The input keeps its own text, so that what was typed before the script ran stays. */
export function useSearchText(input: RefObject<HTMLInputElement | null>): SearchText {
  const gallery = useGallery();
  const { draft } = gallery;
  const { text } = useStore(draft);

  useLayoutEffect(() => {
    if (input.current && input.current.value !== text) input.current.value = text;
  }, [input, text]);

  useLayoutEffect(() => {
    const { isFocused, isSubmitted } = draft.get();
    draft.set({ ...draft.get(), isFocused: false, isSubmitted: false });
    if (isFocused) input.current?.focus();
    if (isSubmitted) void lookUp(gallery);
  }, [draft, gallery, input]);

  return {
    text,
    setText: (next) => draft.set({ ...draft.get(), text: next }),
    submit: () => void lookUp(gallery),
  };
}
