/** How many of a picture's ways have failed, so that a card that scrolls by again begins after them. */
export interface TriedWays {
  of(picture: string): number;
  note(picture: string, failed: number): void;
}

/** Of the last `limit` pictures of which a way failed. */
export function createTriedWays(limit = 2000): TriedWays {
  const tried = new Map<string, number>();
  return {
    of: (picture) => tried.get(picture) ?? 0,
    note: (picture, failed) => {
      tried.delete(picture);
      if (failed > 0) tried.set(picture, failed);
      const [oldest] = tried.keys();
      if (tried.size > limit && oldest !== undefined) tried.delete(oldest);
    },
  };
}
