/** How long a picture may take before the next candidate is tried, in milliseconds. */
export const PICTURE_TIMEOUT = 12_000;
const REMEMBERED = 3000;

/** Which candidate of a token showed, or that none did, so that no card tries again what failed. */
export interface PictureAttempts {
  /** Where to begin: the number of a candidate, from 0. */
  first(token: string): number;
  remember(token: string, attempt: number): void;
}

export function createPictureAttempts(remembered = REMEMBERED): PictureAttempts {
  const attempts = new Map<string, number>();
  return {
    first: (token) => attempts.get(token) ?? 0,
    remember(token, attempt) {
      attempts.delete(token);
      if (attempt > 0) attempts.set(token, attempt);
      for (const [oldest] of attempts) {
        if (attempts.size <= remembered) break;
        attempts.delete(oldest);
      }
    },
  };
}
