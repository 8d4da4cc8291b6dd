/**
 * When a picture hangs. A network that is slow brings one picture after the other, and each waits for
 * its turn; a server that hangs brings none while nothing else is under way. So the time counts from
 * the last picture that came, up to a limit.
 */
export interface Patience {
  /** A picture came. */
  noteArrival(): void;
  /** Milliseconds from now after which one asked for at `startedAt` hangs; 0: it does. */
  remaining(startedAt: number): number;
}

export interface PatienceOptions {
  /** Milliseconds since 1970. */
  now(): number;
  /** How long a picture may take while no other comes, in milliseconds. */
  quiet?: number;
  /** How long it may take in all, in milliseconds. */
  atMost?: number;
}

export function createPatience({ now, quiet = 6000, atMost = 30_000 }: PatienceOptions): Patience {
  let lastArrival = 0;
  return {
    noteArrival: () => {
      lastArrival = now();
    },
    remaining: (startedAt) => {
      const end = Math.max(startedAt, lastArrival) + quiet;
      return Math.max(0, Math.min(end, startedAt + atMost) - now());
    },
  };
}
