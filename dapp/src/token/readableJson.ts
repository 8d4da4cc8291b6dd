/** What hides, or turns the text around it: controls, formats, unassigned and private characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
const LONGEST = 2000;

/** To copy: all of it. */
export function wholeJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/**
 * To read: each character is seen, by its escape if need be, so that what is read is what is there.
 * Of a long text, such as a picture, `cut` says how many characters are left out.
 */
export function readableJson(value: unknown, cut: (characters: number) => string): string {
  const shorten = (_: string, part: unknown) =>
    typeof part === 'string' && part.length > LONGEST
      ? `${part.slice(0, LONGEST)}… ${cut(part.length - LONGEST)}`
      : part;
  return JSON.stringify(value, shorten, 2).replace(UNSEEN, (c) => (c === '\n' ? c : escaped(c)));
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
