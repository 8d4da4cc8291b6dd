import { CLOCK_SKEW_SECONDS } from '../signIn/checkMessage.ts';

/** The server's time: this machine's, unless the two differ by more than the server lets pass. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Takes note of the server's time, in milliseconds since 1970. */
  note(serverTime: number): void;
}

export function createClock(now: () => number): Clock {
  let offset = 0;
  return {
    now: () => now() + offset,
    note(serverTime) {
      const difference = serverTime - now();
      offset = Math.abs(difference) > CLOCK_SKEW_SECONDS * 1000 ? difference : 0;
    },
  };
}
