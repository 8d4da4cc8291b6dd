import { expect, test } from 'vitest';
import { isErrorCode, WalletAuthError } from './errors.ts';
import { API_ERROR_CODES } from './generated.ts';

test.each(API_ERROR_CODES)('has an entry for %s of the API', (code) => {
  expect(isErrorCode(code)).toBe(true);
  expect(new WalletAuthError(code)).toMatchObject({ code, name: 'WalletAuthError' });
});

test.each([
  ['rate_limited', true],
  ['unreachable', true],
  ['upstream_timeout', true],
  ['refused_signature', false],
  ['not_a_holder', false],
  ['session_ended', false],
  ['unlisted_origin', false],
] as const)('says of %s whether another try may work: %s', (code, retryable) => {
  expect(new WalletAuthError(code).retryable).toBe(retryable);
});

test('knows no other code', () => {
  for (const code of ['toString', '__proto__', '', 'a_code_of_tomorrow'])
    expect(isErrorCode(code)).toBe(false);
});
