import type { SiweMessage } from '../signIn/siwe.ts';
import type { Eip1193Provider, SignedMessage } from '../types.ts';
import { type Address, isAddress, toLowerAddress } from './address.ts';
import { ask, field } from './provider.ts';

export interface Connected {
  address: Address;
  /** null: the wallet connected and signed nothing. */
  signed: SignedMessage | null;
}

/**
 * Connects and signs in one prompt. null where the wallet cannot: it is then asked in two steps.
 * https://eips.ethereum.org/EIPS/eip-7846
 * @throws WalletAuthError user_rejected, wallet_busy, wallet_unauthorized, wallet_disconnected
 */
export async function connectAndSign(
  provider: Eip1193Provider,
  message: SiweMessage,
): Promise<Connected | null> {
  const { chainId, address: _, ...fields } = message;
  const given = Object.entries(fields).filter(([, value]) => value !== null);
  const signInWithEthereum = {
    ...Object.fromEntries(given),
    version: '1',
    chainId: `0x${chainId.toString(16)}`,
  };
  try {
    const params = [{ version: '1', capabilities: { signInWithEthereum } }];
    return readConnected(await ask(provider, 'wallet_connect', params));
  } catch (error) {
    const code = field(error, 'code');
    // -32602 and 5700 too: another version of the method, or no such capability
    if (code === 'wallet_unsupported' || code === 'wallet_failed') return null;
    throw error;
  }
}

function readConnected(answer: unknown): Connected | null {
  const [account] = (field(answer, 'accounts') as unknown[] | undefined) ?? [];
  const address = field(account, 'address');
  if (!isAddress(address)) return null;
  const signed = field(field(account, 'capabilities'), 'signInWithEthereum');
  const message = field(signed, 'message');
  const signature = field(signed, 'signature');
  const isSigned = typeof message === 'string' && typeof signature === 'string';
  return { address: toLowerAddress(address), signed: isSigned ? { message, signature } : null };
}
