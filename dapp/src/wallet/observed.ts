import type { Eip1193Provider } from 'nft-gallery-client';
import { type Address, isAddress, toLowerAddress } from '../ethereum/address.ts';

export interface Observer {
  /** The account that the wallet connected with. */
  onAccount(address: Address): void;
  /** The text that the wallet is asked to sign, as it is asked. */
  onMessage(text: string): void;
}

/** The wallet's own provider, and what goes through it told to the observer. */
export function observed(provider: Eip1193Provider, observer: Observer): Eip1193Provider {
  return {
    async request(call: { method: string; params?: readonly unknown[] }) {
      if (call.method === 'personal_sign') observer.onMessage(toText(call.params?.[0]));
      const answer = await provider.request(call);
      const [account] =
        call.method === 'eth_requestAccounts' && Array.isArray(answer) ? answer : [];
      if (isAddress(account)) observer.onAccount(toLowerAddress(account));
      return answer;
    },
    on: (event, listener) => provider.on?.(event, listener),
    removeListener: (event, listener) => provider.removeListener?.(event, listener),
  };
}

/** https://eips.ethereum.org/EIPS/eip-1474: what `personal_sign` takes is hex. */
function toText(data: unknown): string {
  const pairs = String(data).replace(/^0x/, '').match(/../g) ?? [];
  return new TextDecoder().decode(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
}
