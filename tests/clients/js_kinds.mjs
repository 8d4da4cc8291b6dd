// The ways into nft-gallery-client that the contract suite judges alike: each gives a sign-in, and says by its own means
// who is signed in and what the wallet owns.
import { createWalletAuth, gallery } from '../../clients/js/dist/index.js';
import { load } from '../../clients/js/tools/load.mjs';

export const KINDS = { core, amplify, react };

function core(config, options) {
  return over(createWalletAuth(config, options));
}

function over(auth) {
  return {
    auth,
    session: auth.session,
    refresh: auth.refresh,
    signOut: auth.signOut,
    ownedPages: (chainId) => gallery(auth).myNfts({ chainId }).pages(),
    close() {},
  };
}

/** A page of Amplify: it reads, refreshes and ends the session by Amplify's own functions. */
async function amplify(config, options) {
  console.warn = () => {}; // Amplify's, about endpoints that are not AWS's
  const { createAmplifyWalletAuth } = await import('../../clients/js/dist/amplify/index.js');
  const { fetchAuthSession, signOut } = await load('aws-amplify/auth');
  const auth = createAmplifyWalletAuth(config, options);
  const idTokenOf = async (wish) => `${(await fetchAuthSession(wish)).tokens?.idToken ?? ''}`;
  async function session() {
    const own = await auth.session();
    const idToken = await idTokenOf();
    if (idToken !== (own?.idToken ?? '')) throw new Error('Amplify has another session');
    return own;
  }
  let turn = 0;
  return {
    ...over(auth),
    session,
    /** Every other one is Amplify's. */
    async refresh() {
      turn += 1;
      if (turn % 2 === 1) return auth.refresh();
      return { idToken: await idTokenOf({ forceRefresh: true }) };
    },
    async signOut({ everywhere = false } = {}) {
      if (everywhere) return auth.signOut({ everywhere });
      await signOut();
      await settle();
    },
  };
}

/** A page of React: it shows the session and the NFTs by the hooks. */
async function react(config, options) {
  const { useSession, useOwnedNfts, WalletAuthProvider } = await import(
    '../../clients/js/dist/react/index.js'
  );
  const { Window } = await load('happy-dom');
  globalThis.window ??= new Window();
  globalThis.document = window.document;
  globalThis.navigator ??= window.navigator;
  const { createElement, StrictMode } = await load('react');
  const { createRoot } = await load('react-dom/client');

  const made = core(config, options);
  const shown = { session: null, owned: null, chainId: 1 };
  function Page({ chainId }) {
    shown.session = useSession();
    shown.owned = useOwnedNfts({ chainId });
    shown.chainId = chainId;
    return null;
  }
  const root = createRoot(window.document.createElement('div'));
  const render = (chainId) =>
    root.render(
      createElement(
        StrictMode,
        null,
        createElement(WalletAuthProvider, { auth: made.auth }, createElement(Page, { chainId })),
      ),
    );
  render(1);

  async function session() {
    await until(() => shown.session && shown.session.status !== 'loading');
    await settle();
    if (shown.session.error) throw shown.session.error;
    return shown.session.session;
  }

  async function* ownedPages(chainId) {
    if (!(await session())) yield* gallery(made.auth).myNfts({ chainId }).pages();
    render(chainId);
    await until(() => shown.chainId === chainId);
    for (let seen = 0; ; ) {
      await until(() => !shown.owned.isLoading);
      const { error, nfts, hasMore, loadMore } = shown.owned;
      if (error) throw error;
      yield { items: nfts.slice(seen) };
      seen = nfts.length;
      if (!hasMore) return;
      loadMore();
    }
  }

  return { ...made, session, ownedPages, close: () => root.unmount() };
}

/** Once what is ready has run. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

async function until(isSo) {
  while (!isSo()) await settle();
}
