import { expect, test, vi } from 'vitest';
import { de } from './de.ts';
import { ENGLISH, loadLanguage, PATIENCE } from './language.ts';

const never = () => new Promise<never>(() => {});
const german = async () => de;

function choose(browser: readonly string[], load = german, delay: () => Promise<void> = never) {
  return loadLanguage({ browser, translations: { de: load }, delay });
}

test.each([
  [['de-DE', 'en'], 'de'],
  [['de'], 'de'],
  [['DE-at'], 'de'],
  [['fr-FR', 'de-CH', 'en'], 'de'],
  [['en-GB', 'de'], 'en'],
  [['fr', 'en', 'de'], 'en'],
  [['fr'], 'en'],
  [['den', 'constructor', '', '-de'], 'en'],
  [[], 'en'],
])('of %j the page speaks %s', async (browser, tag) => {
  const language = await choose(browser);
  expect(language.tag).toBe(tag);
  expect(language.texts).toBe(tag === 'de' ? de : ENGLISH.texts);
});

test('who reads English loads nothing more, and waits for nothing', async () => {
  const [load, delay] = [vi.fn(german), vi.fn(never)];
  await choose(['en', 'de'], load, delay);
  expect([load, delay].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
});

test('a translation that does not load leaves the page in English', async () => {
  const broken = () => Promise.reject(new Error('404'));
  expect(await choose(['de'], broken)).toBe(ENGLISH);
});

test('a translation that hangs does not keep the page', async () => {
  const delay = vi.fn(async () => {});
  expect(await choose(['de'], never, delay)).toBe(ENGLISH);
  expect(delay.mock.calls).toEqual([[PATIENCE]]);
});
