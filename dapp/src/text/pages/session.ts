import { useGallery } from '../../gallery.ts';

/** What the page of the session says, in English. It comes with the script of that page; `de.ts` has it too. */
export const session = {
  guest: 'You are not signed in.',
  signIn: 'Connect wallet',
  intro: 'How this browser knows your wallet, and how to end it.',
  wallet: 'Wallet',
  site: 'Site',
  chain: 'Signed for chain',
  signedInAt: 'Signed in',
  renewedAt: 'Last renewed',
  ends: 'Ends',
  endsIn: (when: string) => `${when}, unless you sign out before. Then you sign once more.`,
  endsUnknown: 'When the server says so. You then sign once more.',
  reading: 'Reading…',
  unreadable: 'Cannot be read now. Try again later.',
  keptTitle: 'Where it is kept',
  keptLocal: 'In this browser, until you sign out or it ends. Every tab of this browser shares it.',
  keptSession: 'In this tab only. It is gone when you close the tab.',
  keptNowhere:
    'In this page only, because the browser keeps nothing for this site. It is gone when you leave or reload.',
  remember: 'Stay signed in when the browser closes',
  hereTitle: 'Sign out here',
  hereText: 'Ends this session at once. Your other browsers and devices stay signed in.',
  here: 'Sign out here',
  everywhereTitle: 'Sign out everywhere',
  everywhereText:
    'Ends every session of this wallet, in all browsers and on all devices. They lose access within 15 minutes. They cannot be listed here.',
  everywhere: 'Sign out everywhere',
  everywhereSure: 'Yes, sign out everywhere',
  deleteTitle: 'Delete the account',
  deleteText:
    'Deletes the server’s record of your wallet for good. Your NFTs are on the chain and are not touched. If you stored files here, they stay where they are, and you can no longer reach them: only the operator can. A later sign-in makes a new account.',
  delete: 'Delete the account',
  deleteSure: 'Yes, delete: sign to confirm',
  deleteWaiting: 'Sign the message in your wallet to confirm.',
  deleteNoWallet:
    'The wallet that you signed in with is not here. Open it, or sign in again with it, and try again.',
  deletedTitle: 'Your account is deleted',
  deletedText: 'Nothing of your wallet is left in this browser, and its sessions have ended.',
  deletedStored: (prefix: string) =>
    `If you stored files, they are under ${prefix}. Ask the operator for them, by this name.`,
  deletedUnknown: 'If you stored files, they are still there. Ask the operator for them.',
  cancel: 'Cancel',
};

export const useSessionTexts = () => useGallery().texts.session ?? session;
