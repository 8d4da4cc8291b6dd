import { expect, test } from 'vitest';
import { LINKED_CHAINS } from '../ethereum/chains.ts';
import { explorerOf } from './explorers.ts';
import { marketLinks } from './marketplaces.ts';

const CONTRACT = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';
const token = (chainId: number) => ({ chainId, contract: CONTRACT, tokenId: '7' });

test('every chain has an explorer, with a page for each thing', () => {
  for (const { chainId } of LINKED_CHAINS) expect(explorerOf(chainId)?.host).toBeTruthy();
  const explorer = explorerOf(1);
  expect(explorer?.token(token(1))).toBe(`https://etherscan.io/nft/${CONTRACT}/7`);
  expect(explorer?.address(CONTRACT)).toBe(`https://etherscan.io/address/${CONTRACT}`);
  expect(explorer?.transaction('0xab')).toBe('https://etherscan.io/tx/0xab');
  expect(explorer?.block(12)).toBe('https://etherscan.io/block/12');
});

test('what an answer says leads nowhere else at an explorer', () => {
  expect(explorerOf(1)?.address('../login?x')).toBe('https://etherscan.io/address/..%2Flogin%3Fx');
  expect(explorerOf(999)).toBeNull();
});

test('a token is linked at the marketplaces of its chain, each with its host', () => {
  const lower = CONTRACT.toLowerCase();
  expect(marketLinks(token(1)).map(({ url }) => url)).toEqual([
    `https://opensea.io/item/ethereum/${lower}/7`,
    `https://blur.io/eth/asset/${lower}/7`,
    `https://rarible.com/ethereum/items/${lower}:7`,
    `https://zora.co/collect/eth:${lower}/7`,
  ]);
  expect(marketLinks(token(8453)).map(({ host }) => host)).toEqual([
    ...['opensea.io', 'rarible.com', 'zora.co'],
  ]);
});

test('a test network has no marketplace', () => {
  expect(marketLinks(token(11155111))).toEqual([]);
});
