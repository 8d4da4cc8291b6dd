import { expect, test } from 'vitest';
import { displayText } from './displayText.ts';

test.each([
  ['right-to-left override', 'Ape \u202egnp.exe', 'Ape gnp.exe'],
  ['isolates', '\u2066Ape\u2069 #1', 'Ape #1'],
  ['zero-width characters', 'A\u200bp\u200ce\ufeff', 'Ape'],
  ['controls', 'Ape\u0000\u0007 \u009b31m', 'Ape 31m'],
  ['line breaks', 'Ape\r\n\t#1', 'Ape #1'],
  ['tag characters', 'Ape\u{e0041}\u{e007f}', 'Ape'],
  ['a joiner between letters', 'A\u200dpe', 'Ape'],
])('strips %s', (_what, text, shown) => {
  expect(displayText(text)).toBe(shown);
});

test('keeps emoji families and skin tones together', () => {
  expect(displayText('👩🏽\u200d🚀 and 👨\u200d👩\u200d👧')).toBe(
    '👩🏽\u200d🚀 and 👨\u200d👩\u200d👧',
  );
  expect(displayText('❤\ufe0f\u200d🔥')).toBe('❤\ufe0f\u200d🔥');
});

test('keeps other scripts and accents', () => {
  expect(displayText('Café 浮世絵 Việt नमस्ते')).toBe('Café 浮世絵 Việt नमस्ते');
});

test('cuts stacked marks down', () => {
  expect(displayText(`z${'\u0301'.repeat(30)}`)?.length).toBeLessThan(5);
});

test('counts nothing visible as no text', () => {
  for (const text of [null, '', ' \n', '\u200b\u202e', '\u3164'])
    expect(displayText(text)).toBeNull();
});

test('shortens without cutting a character in two', () => {
  expect(displayText('🦍'.repeat(10), 4)).toBe('🦍🦍🦍…');
  expect(displayText('x'.repeat(1_000_000))?.length).toBe(120);
});
