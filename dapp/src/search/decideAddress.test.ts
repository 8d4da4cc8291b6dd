import { expect, test } from 'vitest';
import { type AddressQuestions, decideAddress } from './decideAddress.ts';

const ADDRESS = '0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d';
const OWNER = { page: 'owner', owner: ADDRESS };
const collection = (chainId: number) => ({ page: 'collection', chainId, contract: ADDRESS });

interface World {
  collections?: number[];
  /** Chains whose providers do not answer. */
  down?: number[];
  name?: boolean | 'down';
}

function decide(
  { collections = [], down = [], name = false }: World,
  chainId: number | null = null,
) {
  const asked: number[] = [];
  const questions: AddressQuestions = {
    isCollection: async (on) => {
      asked.push(on);
      if (down.includes(on)) throw new Error('down');
      return collections.includes(on);
    },
    hasName: async () => {
      if (name === 'down') throw new Error('down');
      return name;
    },
    mainChains: async () => [1, 137, 8453],
  };
  return { asked, route: decideAddress(ADDRESS, { chainId, firstChainId: 1 }, questions) };
}

test('a contract on the first chain is a collection, and no other chain is asked', async () => {
  const { asked, route } = decide({ collections: [1, 137] });
  expect(await route).toEqual(collection(1));
  expect(asked).toEqual([1]);
});

test('what has a name is a wallet, and no other chain is asked', async () => {
  const { asked, route } = decide({ name: true });
  expect(await route).toEqual(OWNER);
  expect(asked).toEqual([1]);
});

test('a contract on another chain is found there', async () => {
  expect(await decide({ collections: [8453] }).route).toEqual(collection(8453));
});

test('what is nowhere a collection is a wallet', async () => {
  const { asked, route } = decide({ name: 'down' });
  expect(await route).toEqual(OWNER);
  expect(asked).toEqual([1, 137, 8453]);
});

test('a chain that the text names is the only one asked', async () => {
  const { asked, route } = decide({ collections: [1] }, 137);
  expect(await route).toEqual(OWNER);
  expect(asked).toEqual([137]);
});

test('another chain that is down keeps no wallet from its page', async () => {
  expect(await decide({ down: [137] }).route).toEqual(OWNER);
});

test('nothing is decided while the first chain does not answer', async () => {
  await expect(decide({ down: [1] }).route).rejects.toThrow('down');
});
