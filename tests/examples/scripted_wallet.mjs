// The client's own test wallet, announced to the page (EIP-6963). Python has the keys: see conftest.py.
import { createTestWallet } from 'nft-gallery-client/testing';

const { addresses, options } = window.__scripted;
const accounts = addresses.map((address) => ({
  address,
  signMessage: (text) => window.__sign(address, text),
}));
const wallet = createTestWallet({ accounts, name: 'Scripted Wallet', ...options });
wallet.announce(window);
window.scriptedWallet = { wallet, select: (index) => wallet.selectAccount(accounts[index]) };
