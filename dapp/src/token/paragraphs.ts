import { displayText } from '../displayText.ts';

const MOST = 40;
const LONGEST = 1200;

/** A stranger's text of many lines: each is fit for display, and there are not too many. */
export function paragraphs(text: string | null): string[] {
  const lines = (text ?? '').slice(0, 20_000).split(/[\n\r\u0085\u2028\u2029]+/u);
  return lines
    .map((line) => displayText(line, LONGEST))
    .filter((line) => line !== null)
    .slice(0, MOST);
}
