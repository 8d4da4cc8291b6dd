/** Where what had the focus is gone with its part: the next Tab begins at the page, not at the bar. */
export function keepFocus(): void {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body)
    document.querySelector('main')?.focus({ preventScroll: true });
}
