import { expect, test, vi } from 'vitest';
import { type PairingEvent, pairedProvider } from './pairedProvider.ts';

const A = '0xAAaaaAAAaaaaaAAAaAaaaaaAaAaaAAAaAaAAaAAA';
const B = '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB';

function pair(answer: () => Promise<unknown> = async () => '0xsigned') {
  const asked: unknown[] = [];
  const listeners: Record<string, (event: PairingEvent) => void> = {};
  const client = {
    request: async (call: unknown) => {
      asked.push(call);
      return answer();
    },
    on: (event: string, listener: (event: PairingEvent) => void) => {
      listeners[event] = listener;
    },
  };
  const pairing = { topic: 'topic', accounts: [`eip155:137:${A}`] };
  return { asked, listeners, provider: pairedProvider(client, pairing) };
}

const changed = (topic: string, data: unknown) => ({
  topic,
  params: { event: { name: 'accountsChanged', data } },
});

test('answers from the pairing who it is, and asks the wallet to sign only', async () => {
  const { asked, provider } = pair();
  expect(await provider.request({ method: 'eth_requestAccounts' })).toEqual([A]);
  expect(await provider.request({ method: 'eth_chainId' })).toBe('0x89');
  expect(asked).toEqual([]);
  expect(await provider.request({ method: 'personal_sign', params: ['0x', A] })).toBe('0xsigned');
  const request = { method: 'personal_sign', params: ['0x', A] };
  expect(asked).toEqual([{ topic: 'topic', chainId: 'eip155:137', request }]);
  await expect(provider.request({ method: 'eth_sendTransaction' })).rejects.toMatchObject({
    code: 4200,
  });
  expect(asked).toHaveLength(1);
});

test.each([5000, 5002])('takes WalletConnect’s %d for a no', async (code) => {
  const { provider } = pair(() => Promise.reject({ code, message: 'User rejected.' }));
  const signing = provider.request({ method: 'personal_sign', params: [] });
  await expect(signing).rejects.toMatchObject({ code: 4001 });
});

test('tells of another account and of the end, of its own pairing only', async () => {
  const { listeners, provider } = pair();
  const [onAccounts, onEnd] = [vi.fn(), vi.fn()];
  provider.on?.('accountsChanged', onAccounts);
  provider.on?.('disconnect', onEnd);
  listeners.session_event?.(changed('other', [B]));
  expect(onAccounts).not.toHaveBeenCalled();
  listeners.session_event?.(changed('topic', [`eip155:1:${B}`]));
  expect(onAccounts).toHaveBeenCalledWith([B]);
  provider.removeListener?.('accountsChanged', onAccounts);
  listeners.session_event?.(changed('topic', [A]));
  expect(onAccounts).toHaveBeenCalledTimes(1);
  listeners.session_delete?.({ topic: 'topic' });
  expect(onEnd).toHaveBeenCalledWith({ code: 4900 });
  expect(await provider.request({ method: 'eth_accounts' })).toEqual([]);
});
