import { SEARCH_BOX_ID } from './draft.ts';

/** At once: a phone shows its keyboard for nothing that comes later. */
export function focusSearch(): void {
  const box = document.getElementById(SEARCH_BOX_ID);
  box?.focus();
  box?.scrollIntoView({ block: 'center' });
}
