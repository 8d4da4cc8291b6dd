import { expect, test } from 'vitest';
import { parseHash, type Route, toHash } from './routes.ts';

const CONTRACT = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';
const ROUTES: [string, Route][] = [
  ['#/', { page: 'home' }],
  ['#/me', { page: 'me' }],
  ['#/me?tab=hidden', { page: 'me', options: { tab: 'hidden' } }],
  ['#/w/vitalik.eth', { page: 'owner', owner: 'vitalik.eth' }],
  ['#/w/na%C3%AFve%2Fslash.eth', { page: 'owner', owner: 'naïve/slash.eth' }],
  [`#/c/137/${CONTRACT}`, { page: 'collection', chainId: 137, contract: CONTRACT }],
  [`#/t/1/${CONTRACT}/7`, { page: 'token', chainId: 1, contract: CONTRACT, tokenId: '7' }],
  ['#/find/https%3A%2F%2Fa.b%2Fc%3Fd%23e', { page: 'find', text: 'https://a.b/c?d#e' }],
  ['#/compare', { page: 'compare' }],
  ['#/session', { page: 'session' }],
];

test.each(ROUTES)('%s and back', (hash, route) => {
  expect(parseHash(hash)).toEqual(route);
  expect(toHash(route)).toBe(hash);
});

test.each(['', '#', '#/', '/'])('%j is home', (hash) => {
  expect(parseHash(hash)).toEqual({ page: 'home' });
});

test.each([
  '#/c/1/0x12',
  `#/c/0/${CONTRACT}`,
  `#/c/1e3/${CONTRACT}`,
  `#/c/99999999999999999999/${CONTRACT}`,
  `#/t/1/${CONTRACT}/0x7`,
  `#/t/1/${CONTRACT}/${'9'.repeat(79)}`,
  `#/t/1/${CONTRACT}/7/8`,
  '#/w',
  '#/w/',
  '#/find/',
  '#/constructor',
  '#/%E0%A4%A',
])('%s names no page', (hash) => {
  expect(parseHash(hash).page).toBe('unknown');
});
