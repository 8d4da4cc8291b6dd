/** Reads values nobody vouches for: providers' answers, config.json. Wrong types become null. */

export type JsonRecord = Record<string, unknown>;

export function asRecord(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : null;
}

export function asList(value: unknown): unknown[] | null {
  return Array.isArray(value) ? value : null;
}

/** A non-empty string, else null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A text, or a number as one. */
export function asWords(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : asText(value);
}

export function asCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** undefined when the text is not JSON: `null` is JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// A string (also one that never ends, so that reading stays linear), a number, or no number.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*\\?(?:"|$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|NaN|-?Infinity/gs;
// biome-ignore lint/suspicious/noControlCharactersInRegex: strangers write them raw
const CONTROL = /[\u0000-\u001f]/g;

/**
 * JSON that strangers wrote, as backend/ethereum/untrusted_json.py reads it: raw control characters
 * inside strings, numbers that JavaScript would round as text, NaN as null.
 */
export function readJson(text: string): unknown {
  return parseJson(text.replace(/^\ufeff/, '').replace(TOKEN, tame));
}

function tame(token: string): string {
  if (token.startsWith('"'))
    return token.replace(CONTROL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (!/\d/.test(token)) return 'null';
  return isExact(token) ? token : `"${token}"`;
}

function isExact(digits: string): boolean {
  const number = Number(digits);
  if (/^-?\d+$/.test(digits)) return Number.isSafeInteger(number);
  return Number.isFinite(number) && significant(digits) === significant(String(number));
}

function significant(digits: string): string {
  const [mantissa = ''] = digits.split(/e/i);
  return mantissa.replace('.', '').replace(/^[-0]+|0+$/g, '');
}
