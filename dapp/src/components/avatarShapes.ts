/** A picture of an address, in a square of 64 units: a ground, and discs on it, the largest first. */
export interface AvatarShapes {
  ground: string;
  discs: readonly { x: number; y: number; radius: number; fill: string }[];
}

const RADII = [30, 22, 12] as const;

/**
 * The same for the same address, in any case. Every digit changes all of it: addresses that are made
 * to look alike, at their beginning and end, have pictures that do not.
 */
export function avatarOf(seed: string): AvatarShapes {
  const next = randomOf(seed.toLowerCase());
  const hue = Math.floor(next() * 360);
  const turn = 50 + Math.floor(next() * 100);
  const discs = RADII.map((radius, index) => {
    const angle = next() * 2 * Math.PI;
    const distance = 10 + next() * 16;
    return {
      x: Math.round(32 + Math.cos(angle) * distance),
      y: Math.round(32 + Math.sin(angle) * distance),
      radius,
      fill: hsl(hue + turn * (index + 1), 58 + index * 8, 44 + index * 14),
    };
  });
  return { ground: hsl(hue, 62, 62), discs };
}

function hsl(hue: number, saturation: number, lightness: number): string {
  return `hsl(${hue % 360} ${saturation}% ${lightness}%)`;
}

/** From 0 to below 1, always the same after one seed; not for secrets. */
function randomOf(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const character of seed) state = mix(state ^ (character.codePointAt(0) ?? 0));
  return () => {
    state = mix((state + 0x9e3779b9) | 0);
    return (state >>> 0) / 2 ** 32;
  };
}

/** MurmurHash3's last step: each bit of what goes in changes half of what comes out. */
function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
