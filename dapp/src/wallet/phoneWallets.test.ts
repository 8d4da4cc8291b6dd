import { expect, test } from 'vitest';
import { PHONE_WALLETS } from './phoneWallets.ts';

const PAGE = 'https://gallery.example/ipfs/bafy/#/w/alice.eth?sort=name&x=1';

test('opens the very page in each wallet app', () => {
  const links = Object.fromEntries(PHONE_WALLETS.map(({ name, link }) => [name, link(PAGE)]));
  const encoded = encodeURIComponent(PAGE);
  expect(links).toEqual({
    MetaMask: 'https://link.metamask.io/dapp/gallery.example/ipfs/bafy/#/w/alice.eth?sort=name&x=1',
    'Coinbase Wallet': `https://go.cb-w.com/dapp?cb_url=${encoded}`,
    Rainbow: `https://rnbwapp.com/dapp?url=${encoded}`,
    'Trust Wallet': `https://link.trustwallet.com/open_url?coin_id=60&url=${encoded}`,
  });
});
