import { WalletAuthError } from './errors.ts';

/** What is waited for, or `cancelled` as soon as nobody waits any more. */
export async function untilAborted<Value>(
  asked: Promise<Value>,
  signal: AbortSignal | null | undefined,
): Promise<Value> {
  if (!signal) return asked;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new WalletAuthError('cancelled', { cause: signal.reason }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([asked, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
