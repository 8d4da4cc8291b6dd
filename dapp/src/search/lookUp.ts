import { onChain } from '../bar/chainChoice.ts';
import type { Gallery } from '../gallery.ts';
import type { Route } from '../routing/routes.ts';
import { keepBoxFocus, leaveBox } from './draft.ts';
import type { Reading } from './reading.ts';

export type Reader = (text: string, preferredChainId?: number) => Reading;

/** The rules come when somebody begins to type. */
export const loadReader = async (): Promise<Reader> => (await import('./readSearch.ts')).readSearch;

/** Opens what stands in the box, or the page that says what that could be. */
export async function lookUp(gallery: Gallery): Promise<void> {
  const { text } = gallery.draft.get();
  const chainId = gallery.chainChoice.get()?.chainId;
  // without its rules (the network is away) the page that finds out loads them, and says so
  const reading = await loadReader().then(
    (read) => read(text, chainId),
    () => null,
  );
  const route = toRoute(reading, text);
  if (route) visit(route, gallery);
}

function toRoute(reading: Reading | null, text: string): Route | null {
  if (reading?.is === 'nothing' || text.trim() === '') return null;
  return reading?.is === 'page' ? reading.route : { page: 'find', text: text.trim() };
}

/** Goes to what was looked up, on the chosen chain, and remembers it; the box is empty then. */
export function visit(
  route: Route,
  { chainChoice, draft, recents, router }: Gallery,
  options: { replace?: boolean } = {},
): void {
  recents.add(route);
  // what is not decided stays, to be mended
  if (route.page !== 'find') leaveBox(draft);
  else if (router.get().page.page === 'home') keepBoxFocus(draft);
  const chainId = chainChoice.get()?.chainId ?? null;
  router.go(route.options ? route : onChain(route, chainId), options);
}
