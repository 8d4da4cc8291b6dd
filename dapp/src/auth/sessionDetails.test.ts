import { expect, test } from 'vitest';
import { readSessionDetails } from './sessionDetails.ts';

const CLAIMS = { auth_time: 1_800_000_000, iat: 1_800_000_900, exp: 1_800_001_800, chain_id: '1' };

const read = (claims: object, site = 'x') =>
  readSessionDetails({ idToken: `e30.${btoa(JSON.stringify(claims))}.s` }, site);

test('reads when the wallet signed, and how long its tokens live', () => {
  expect(read(CLAIMS, 'gallery.example')).toEqual({
    site: 'gallery.example',
    signedInAt: new Date('2027-01-15T08:00:00Z'),
    renewedAt: new Date('2027-01-15T08:15:00Z'),
    validUntil: new Date('2027-01-15T08:30:00Z'),
    chainId: '1',
  });
});

test('names no chain where the token names none', () => {
  const { chain_id, ...claims } = CLAIMS;
  expect(read(claims)?.chainId).toBeNull();
});

test.each(['auth_time', 'iat', 'exp'])('reads nothing of a token without %s', (claim) => {
  expect(read({ ...CLAIMS, [claim]: undefined })).toBeNull();
  expect(read({ ...CLAIMS, [claim]: 'soon' })).toBeNull();
});
