import { expect, test } from 'vitest';
import { NO_DRAFT, readDraft } from './draft.ts';

interface Shell {
  value?: string;
  isActive?: boolean;
  /** null: the browser does not know `:user-valid`. */
  isJudged?: boolean | null;
}

function shell({ value = '', isActive = true, isJudged = false }: Shell): Document {
  const input = {
    value,
    form: { contains: () => isActive },
    matches: () => {
      if (isJudged === null) throw new Error('unknown pseudo-class');
      return isJudged;
    },
  };
  const document = { activeElement: isActive ? input : {}, querySelector: () => input };
  return document as unknown as Document;
}

test('what was typed is kept, with the focus', () => {
  expect(readDraft(shell({ value: 'a.eth' }))).toEqual({
    text: 'a.eth',
    isFocused: true,
    isSubmitted: false,
  });
});

test('an Enter that nobody heard is sent', () => {
  expect(readDraft(shell({ value: 'a.eth', isJudged: true })).isSubmitted).toBe(true);
});

test.each<[string, Shell]>([
  ['without a text', { isJudged: true }],
  ['that was left for something else', { value: 'a.eth', isJudged: true, isActive: false }],
  ['in a browser that cannot tell', { value: 'a.eth', isJudged: null }],
])('a box %s is not sent', (_, of) => {
  expect(readDraft(shell(of)).isSubmitted).toBe(false);
});

test('a page without a box has no draft', () => {
  const document = { querySelector: () => null } as unknown as Document;
  expect(readDraft(document)).toEqual(NO_DRAFT);
});
