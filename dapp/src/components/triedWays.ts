/** How many of a picture's ways have failed, so that a card that scrolls by again begins after them. */
export interface TriedWays {
  of(picture: string): number;
  note(picture: string, failed: number): void;
}

/** Of `limit` pictures of which a way failed; then it begins anew. */
export function createTriedWays(limit = 2000): TriedWays {
  const tried = new Map<string, number>();
  return {
    of: (picture) => tried.get(picture) ?? 0,
    note: (picture, failed) => {
      if (tried.size >= limit) tried.clear();
      tried.set(picture, failed);
    },
  };
}
