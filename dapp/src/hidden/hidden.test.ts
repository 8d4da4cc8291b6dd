import { expect, test } from 'vitest';
import { createHidden, HIDDEN_KEY } from './hidden.ts';

const APE = { chainId: 1, contract: '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D', tokenId: '7' };
const OTHER = { ...APE, tokenId: '8' };

function browser(kept?: string) {
  const values = new Map(kept === undefined ? [] : [[HIDDEN_KEY, kept]]);
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
  return { open: () => createHidden(storage, () => 1234), values };
}

test('a hidden token is found, with its reason and time', () => {
  const hidden = browser().open();
  hidden.hide(APE, 'scam');
  expect(hidden.find(APE)).toEqual({ ...APE, reason: 'scam', hiddenAt: 1234 });
  expect(hidden.find(OTHER)).toBeNull();
});

test('it stays hidden after a reload, until it is shown', () => {
  const { open } = browser();
  open().hide(APE, 'own');
  const reloaded = open();
  expect(reloaded.get()).toHaveLength(1);
  reloaded.show({ ...APE, contract: APE.contract.toLowerCase() });
  expect(open().get()).toEqual([]);
});

test('the last hidden comes first, and each is there once', () => {
  const hidden = browser().open();
  for (const token of [APE, OTHER, APE]) hidden.hide(token, 'own');
  expect(hidden.get().map(({ tokenId }) => tokenId)).toEqual(['7', '8']);
});

test('two tabs lose nothing of each other’s', () => {
  const { open } = browser();
  const [one, two] = [open(), open()];
  one.hide(APE, 'own');
  two.hide(OTHER, 'own');
  one.follow();
  expect(one.get()).toEqual(two.get());
  expect(one.get()).toHaveLength(2);
});

test('nothing but the token, reason and time is kept', () => {
  const { open, values } = browser();
  open().hide({ ...APE, nft: { name: 'Ape' } } as typeof APE, 'own');
  expect(JSON.parse(values.get(HIDDEN_KEY) ?? '')).toEqual([
    { ...APE, reason: 'own', hiddenAt: 1234 },
  ]);
});

test.each(['', 'null', '{}', '[', '[null, 1, {}, {"chainId": "1"}]'])(
  '%j hides nothing',
  (kept) => {
    expect(browser(kept).open().get()).toEqual([]);
  },
);

test('a reason that is not known hides all the same', () => {
  const kept = JSON.stringify([{ ...APE, reason: 'newer' }]);
  expect(browser(kept).open().find(APE)).toEqual({ ...APE, reason: 'own', hiddenAt: 0 });
});
