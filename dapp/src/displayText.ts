/**
 * Names and descriptions come from strangers. What is drawn must not reorder the text around it,
 * hide characters, or spill over its line: https://www.unicode.org/reports/tr36/
 */

// C0/C1 controls, soft hyphen, Arabic letter mark, zero width, bidi embeddings and isolates,
// word joiner and invisible operators, BOM, Hangul fillers, interlinear marks, tags.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: stripping them is the point
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]|\u034f/gu;
// A zero-width joiner is kept only where it joins two emoji.
const LOOSE_JOINER =
  /(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
const STACKED_MARKS = /(\p{M}{2})\p{M}+/gu;

/** One line of at most `limit` characters; null when nothing visible is left. */
export function displayText(text: string | null, limit = 120): string | null {
  if (text === null) return null;
  const line = text
    .slice(0, 4 * limit + 1000)
    .normalize('NFC')
    .replace(HIDDEN, '')
    .replace(LOOSE_JOINER, '')
    .replace(STACKED_MARKS, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return line === '' ? null : shorten(line, limit);
}

function shorten(line: string, limit: number): string {
  const characters = [...line];
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}
