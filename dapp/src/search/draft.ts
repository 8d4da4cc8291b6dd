import type { Store } from '../store.ts';

/** What stands in the box, which another page draws anew: the shell's, home's, the bar's. */
export interface Draft {
  text: string;
  /** The next box takes the focus. */
  isFocused: boolean;
  /** Sent before there was a script to do it. */
  isSubmitted: boolean;
}

export const NO_DRAFT: Draft = { text: '', isFocused: false, isSubmitted: false };

/** Of the one box in the document, the shell's too. */
export const SEARCH_BOX_ID = 'search';

/** The box is empty, and the focus is the page's, which follows; a phone puts its keyboard away. */
export function leaveBox(draft: Store<Draft>): void {
  const { activeElement } = document;
  if (activeElement?.id === SEARCH_BOX_ID) (activeElement as HTMLElement).blur();
  draft.set(NO_DRAFT);
}

/** Whoever is in the box stays in it, when a page with another box follows. */
export function keepBoxFocus(draft: Store<Draft>): void {
  const isFocused = document.activeElement?.id === SEARCH_BOX_ID;
  draft.set({ ...draft.get(), isFocused });
}

/**
 * Reads the box of the shell before the script takes it over. A form that was sent marks its fields as
 * judged, so `:user-valid` tells of an Enter that nobody heard:
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#user-validity
 */
export function readDraft(document: Document): Draft {
  const input = document.querySelector<HTMLInputElement>(`input#${SEARCH_BOX_ID}`);
  if (!input) return NO_DRAFT;
  const { value: text, form } = input;
  const isFocused = document.activeElement === input;
  const isInForm = isFocused || (form?.contains(document.activeElement) ?? false);
  return { text, isFocused, isSubmitted: text !== '' && isInForm && isJudged(input) };
}

function isJudged(input: Element): boolean {
  try {
    return input.matches(':user-valid');
  } catch {
    return false; // a browser of before 2023 keeps the text, and does not send it
  }
}
