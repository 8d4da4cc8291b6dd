import { expect, test } from 'vitest';
import { labelOf } from './chainName.ts';

const CHAINS = [{ chainId: 1, name: 'Ethereum', testnet: false, providers: [] }];
const byId = (id: string) => `Chain ${id}`;

test('a chain has the API’s name, and no bare number while that is on its way', () => {
  expect(labelOf([], byId)(1)).toBe('…');
  expect(labelOf(CHAINS, byId)(1)).toBe('Ethereum');
  expect(labelOf(CHAINS, byId)(999)).toBe('Chain 999');
});
