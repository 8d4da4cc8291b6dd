/** This browser's session, in plain words. */
export function SessionPage() {
  return <p class="mt-10" />;
}
