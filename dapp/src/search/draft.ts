/** What stands in the box while it moves: from the shell to the page, from one page to the next. */
export interface Draft {
  text: string;
  isFocused: boolean;
  /** Sent before there was a script to do it. */
  isSubmitted: boolean;
}

/** One place for it, as the box is drawn once only. */
export interface DraftPlace {
  leave(draft: Draft): void;
  take(): Draft | null;
}

export function createDraftPlace(left: Draft | null): DraftPlace {
  let draft = left;
  return {
    leave: (next) => {
      draft = next;
    },
    take: () => {
      const taken = draft;
      draft = null;
      return taken;
    },
  };
}

/** The name of the box in every form, and in the shell. */
export const SEARCH_NAME = 'search';

/**
 * Reads the box of the shell before the script takes it over. A form that was sent marks its fields as
 * judged, so `:user-valid` tells of an Enter that nobody heard:
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#user-validity
 */
export function readDraft(document: Document): Draft | null {
  const input = document.querySelector<HTMLInputElement>(`input[name=${SEARCH_NAME}]`);
  if (!input) return null;
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
