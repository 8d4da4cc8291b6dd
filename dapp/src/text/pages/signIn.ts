import { useGallery } from '../../gallery.ts';

/** What the dialog of a sign-in says, in English. It comes with the script of that dialog; `de.ts` has it too. */
export const signIn = {
  title: 'Connect a wallet',
  lastUsed: 'Last used',
  onPhone: 'On my phone',
  onPhoneHere: 'Open this page in your wallet app:',
  onPhoneThere: 'Scan this with your phone, and open the page in your wallet app.',
  qr: 'QR code of this page’s address',
  walletConnect: 'WalletConnect',
  walletConnectHint: 'Scan this with your wallet app.',
  walletConnectQr: 'QR code to connect your wallet',
  walletConnectOpen: 'Open a wallet app on this device',
  copyLink: 'Copy the link',
  noWallet:
    'No wallet was found in this browser. Install a wallet extension, or open this page on your phone in your wallet app.',
  lookAround: 'I have no wallet: look around',
  remember: 'Stay signed in when the browser closes',
  blocked:
    'This browser keeps nothing for this site. You can sign in, but only until you leave or reload this page.',
  steps: { connect: 'Connect', sign: 'Sign', enter: 'You are in' },
  stepDone: 'done',
  stepNow: 'now',
  choose: (wallet: string) => `Choose the account in ${wallet}.`,
  sign: (wallet: string) => `Sign the message in ${wallet}. It costs nothing and moves nothing.`,
  signAgain: (wallet: string) =>
    `The server had forgotten this wallet. Sign once more in ${wallet}.`,
  preparing: 'Preparing the message…',
  verifying: 'Checking the signature…',
  message: 'The exact message',
  cancel: 'Cancel',
  retry: 'Try again',
  back: 'Another wallet',
};

export type SignInTexts = typeof signIn;

export const useSignInTexts = () => useGallery().texts.signIn ?? signIn;
