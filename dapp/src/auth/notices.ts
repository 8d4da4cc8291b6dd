import { ConfigError } from '../config.ts';
import { toFailure } from '../queries/failure.ts';
import type { FailureTexts } from '../text/en.ts';

/** One line for the person. `error` interrupts a screen reader, `info` waits its turn. */
export interface Notice {
  tone: 'info' | 'error';
  text: string;
}

export const info = (text: string): Notice => ({ tone: 'info', text });
export const problem = (text: string): Notice => ({ tone: 'error', text });

/** What is said of an error. To who sets the gallery up it names the key that is wrong. */
export function sentenceOf(error: unknown, failures: FailureTexts): string {
  const sentence = failures[toFailure(error).code];
  return error instanceof ConfigError ? `${sentence} (${error.message})` : sentence;
}
