import type { Session } from 'nft-gallery-client';

let last = Promise.resolve();

/** Gives the server the session's ID token, or takes it away; in the order of the calls. */
export function shareSession(session: Session | null): Promise<void> {
  const shared = last.then(() => send(session));
  last = shared.catch(() => {});
  return shared;
}

async function send(session: Session | null): Promise<void> {
  const init = session
    ? { method: 'POST', body: JSON.stringify({ idToken: session.idToken }) }
    : { method: 'DELETE' };
  const { ok, status } = await fetch('/api/session', init);
  if (!ok) throw new Error(`the server answered ${status}`);
}
