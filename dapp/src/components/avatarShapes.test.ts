import { expect, test } from 'vitest';
import { avatarOf } from './avatarShapes.ts';

const ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

test('an address has one picture, however it is written', () => {
  expect(avatarOf(ADDRESS.toLowerCase())).toEqual(avatarOf(ADDRESS));
});

test('addresses alike at both ends look different', () => {
  const twin = `${ADDRESS.slice(0, 20)}${'0'.repeat(10)}${ADDRESS.slice(30)}`;
  const [one, other] = [avatarOf(ADDRESS), avatarOf(twin)];
  expect(other.ground).not.toBe(one.ground);
  expect(other.discs.map(({ fill }) => fill)).not.toEqual(one.discs.map(({ fill }) => fill));
});

test('a thousand addresses have a thousand pictures', () => {
  const addresses = Array.from({ length: 1000 }, (_, n) => `0x${n.toString(16).padStart(40, '0')}`);
  expect(new Set(addresses.map((of) => JSON.stringify(avatarOf(of)))).size).toBe(1000);
});

test('no seed makes what is no colour or place', () => {
  for (const seed of ['', 'alice.eth', '💎', '\ud800', 'x'.repeat(10_000)]) {
    const { ground, discs } = avatarOf(seed);
    for (const fill of [ground, ...discs.map((disc) => disc.fill)])
      expect(fill).toMatch(/^hsl\(\d{1,3} \d{2}% \d{2}%\)$/);
    for (const { x, y } of discs) expect([x, y].every((at) => at > 0 && at < 64)).toBe(true);
  }
});
