import type { Eip1193Provider, MessageSigner } from '../types.ts';
import { createEvents } from './events.ts';
import { respond } from './script.ts';
import type { Call, TestWallet, TestWalletOptions, TestWalletSwitches } from './types.ts';

const SWITCHES: TestWalletSwitches = {
  refuses: false,
  locked: false,
  hangs: false,
  signsAs: null,
  chainId: 1,
  wrongSignatures: 0,
  garbage: undefined,
  hasPersonalSign: true,
  hasWalletConnect: false,
  hasSignInCapability: true,
  connected: false,
};

const ICON = 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=';

/** A wallet for tests, which does what its switches say. */
export function createTestWallet(options: TestWalletOptions): TestWallet {
  const { accounts, name = 'Test Wallet', rdns = 'org.example.test', ...given } = options;
  const events = createEvents();
  const calls: Call[] = [];
  const state = { ...SWITCHES, ...given, selected: accounts[0] as MessageSigner, prompts: 0 };
  const info = { uuid: crypto.randomUUID(), name, icon: ICON, rdns };
  const provider: Eip1193Provider = {
    async request(call: Call) {
      calls.push(call);
      return respond(state, call);
    },
    on: events.on,
    removeListener: events.removeListener,
  };
  return {
    provider,
    info,
    calls,
    switches: state,
    get prompts() {
      return state.prompts;
    },
    selectAccount(account) {
      state.selected = account;
      events.emit('accountsChanged', [account.address]);
    },
    selectChain(chainId) {
      state.chainId = chainId;
      events.emit('chainChanged', `0x${chainId.toString(16)}`);
    },
    lock() {
      state.locked = true;
      events.emit('accountsChanged', []);
    },
    disconnect: () => events.emit('disconnect', { code: 4900 }),
    emit: events.emit,
    announce(window) {
      const detail = Object.freeze({ info: Object.freeze({ ...info }), provider });
      const tell = () =>
        void window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
      window.addEventListener('eip6963:requestProvider', tell);
      tell();
      return () => window.removeEventListener('eip6963:requestProvider', tell);
    },
  };
}

export type {
  Call,
  TestWallet,
  TestWalletInfo,
  TestWalletOptions,
  TestWalletSwitches,
} from './types.ts';
