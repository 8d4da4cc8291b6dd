import { expect, test } from 'vitest';
import { toHash } from '../routing/routes.ts';
import type { Reading } from './reading.ts';
import { LONGEST_SEARCH, readSearch } from './readSearch.ts';

const APES = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';
const LOWER = APES.toLowerCase();
const WALLET = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const HASH = `0x${'5e'.repeat(32)}`;

/** A page's hash, or in short what else the text could be. */
function short(reading: Reading): string {
  if (reading.is === 'page') return toHash(reading.route);
  if (reading.is === 'address') return `ask ${reading.address} on ${reading.chainId}`;
  if (reading.is === 'unserved') return `unserved ${reading.chain}`;
  if (reading.is === 'slug') return `slug ${reading.slug} at ${reading.host}`;
  return reading.is;
}

const cases = (rows: string[][]) => rows as [string, string][];

test.each(
  cases([
    [APES, `ask ${APES} on null`],
    [LOWER, `ask ${LOWER} on null`],
    [`  "${APES}",`, `ask ${APES} on null`],
    [`\u200b${APES}\u2069`, `ask ${APES} on null`],
    [`my wallet is ${WALLET}, thanks`, `ask ${WALLET} on null`],
    [`${APES}/7`, `#/t/1/${APES}/7`],
    [`${APES}:7`, `#/t/1/${APES}/7`],
    [`${APES} #7`, `#/t/1/${APES}/7`],
    ['vitalik.eth', '#/w/vitalik.eth'],
    ['@vitalik.eth', '#/w/vitalik.eth'],
    ['jesse.base.eth', '#/w/jesse.base.eth'],
    ['naïve.eth', '#/w/na%C3%AFve.eth'],
    ['https://vitalik.eth.limo/', '#/w/vitalik.eth'],
    ['https://app.ens.domains/vitalik.eth', '#/w/vitalik.eth'],
  ]),
)('reads %j as %s', (text, expected) => {
  expect(short(readSearch(text))).toBe(expected);
});

test.each(
  cases([
    [`eip155:1:${WALLET}`, `ask ${WALLET} on 1`],
    [`eip155:137:${WALLET}`, `ask ${WALLET} on 137`],
    [`did:pkh:eip155:8453:${WALLET}`, `ask ${WALLET} on 8453`],
    [`eip155:56:${WALLET}`, 'unserved 56'],
    [`eip155:1/erc721:${APES}/7`, `#/t/1/${APES}/7`],
    [`eip155:137/erc1155:${APES}/7`, `#/t/137/${APES}/7`],
    [`eip155:1/erc721:${APES}`, `#/c/1/${APES}`],
    [`eip155:56/erc721:${APES}/7`, 'unserved 56'],
    [`eth:${WALLET}`, `ask ${WALLET} on 1`],
    [`oeth:${WALLET}`, `ask ${WALLET} on 10`],
    [`matic:${WALLET}`, `ask ${WALLET} on 137`],
    [`pol:${WALLET}`, `ask ${WALLET} on 137`],
    [`sep:${WALLET}`, `ask ${WALLET} on 11155111`],
    [`bnb:${WALLET}`, 'unserved bnb'],
    [`ethereum:${WALLET}`, `ask ${WALLET} on 1`],
    [`ethereum:pay-${WALLET}@137`, `ask ${WALLET} on 137`],
    [`base:${APES}/7`, `#/t/8453/${APES}/7`],
  ]),
)('reads the identifier %s as %s', (text, expected) => {
  expect(short(readSearch(text))).toBe(expected);
});

test.each(
  cases([
    [`https://opensea.io/assets/ethereum/${LOWER}/7`, `#/t/1/${LOWER}/7`],
    [`https://opensea.io/assets/${LOWER}/7`, `#/t/1/${LOWER}/7`],
    [`https://opensea.io/item/matic/${LOWER}/7`, `#/t/137/${LOWER}/7`],
    [`https://opensea.io/de-DE/item/base/${LOWER}/7?tab=x`, `#/t/8453/${LOWER}/7`],
    [`https://testnets.opensea.io/assets/sepolia/${LOWER}/7`, `#/t/11155111/${LOWER}/7`],
    [`https://opensea.io/assets/klaytn/${LOWER}/7`, 'unserved klaytn'],
    [`https://opensea.io/assets/arbitrum/${LOWER}`, `#/c/42161/${LOWER}`],
    ['https://opensea.io/collection/boredapeyachtclub', 'slug boredapeyachtclub at opensea.io'],
    ['https://opensea.io/collection/azuki/overview', 'slug azuki at opensea.io'],
    [`https://opensea.io/${WALLET}`, `#/w/${WALLET}`],
    ['https://opensea.io/vitalik.eth', '#/w/vitalik.eth'],
    ['https://opensea.io/SomeBody', 'profile'],
    ['opensea.io', 'link'],
    [`https://blur.io/asset/${LOWER}/7`, `#/t/1/${LOWER}/7`],
    [`https://blur.io/eth/asset/${LOWER}/7`, `#/t/1/${LOWER}/7`],
    [`https://blur.io/eth/collection/${LOWER}`, `#/c/1/${LOWER}`],
    ['https://blur.io/eth/collection/azuki', 'slug azuki at blur.io'],
    [`https://blur.io/${WALLET}`, `#/w/${WALLET}`],
    [`https://rarible.com/token/${LOWER}:7`, `#/t/1/${LOWER}/7`],
    [`https://rarible.com/token/polygon/${LOWER}:7?tab=owners`, `#/t/137/${LOWER}/7`],
    [`https://rarible.com/ethereum/items/${LOWER}:7`, `#/t/1/${LOWER}/7`],
    [`https://rarible.com/collection/base/${LOWER}/items`, `#/c/8453/${LOWER}`],
    [`https://rarible.com/user/${WALLET}/owned`, `#/w/${WALLET}`],
    [`https://zora.co/collect/eth:${LOWER}/7`, `#/t/1/${LOWER}/7`],
    [`https://zora.co/collect/arb:${LOWER}`, `#/c/42161/${LOWER}`],
    [`https://zora.co/collect/zora:${LOWER}/7`, 'unserved zora'],
    [`https://zora.co/collections/${LOWER}/7`, `#/t/1/${LOWER}/7`],
    ['https://zora.co/@jacob', 'profile'],
    [`https://looksrare.org/collections/${LOWER}/7`, `#/t/1/${LOWER}/7`],
    [`https://magiceden.io/item-details/polygon/${LOWER}/7`, `#/t/137/${LOWER}/7`],
  ]),
)('reads the marketplace’s link %s as %s', (text, expected) => {
  expect(short(readSearch(text))).toBe(expected);
});

test.each(
  cases([
    [`https://etherscan.io/address/${WALLET}`, `ask ${WALLET} on 1`],
    [`https://etherscan.io/address/${WALLET}#tokentxnsErc721`, `ask ${WALLET} on 1`],
    [`https://etherscan.io/token/${LOWER}`, `#/c/1/${LOWER}`],
    [`https://etherscan.io/token/${LOWER}?a=7`, `#/t/1/${LOWER}/7`],
    [`https://etherscan.io/token/${LOWER}?a=${WALLET}`, `#/c/1/${LOWER}`],
    [`https://etherscan.io/nft/${LOWER}/7`, `#/t/1/${LOWER}/7`],
    [`etherscan.io/nft/${LOWER}/7`, `#/t/1/${LOWER}/7`],
    [`https://www.polygonscan.com/nft/${LOWER}/7`, `#/t/137/${LOWER}/7`],
    [`https://optimistic.etherscan.io/address/${WALLET}`, `ask ${WALLET} on 10`],
    [`https://sepolia.basescan.org/token/${LOWER}`, `#/c/84532/${LOWER}`],
    [`https://arbiscan.io/token/${LOWER}?a=7#inventory`, `#/t/42161/${LOWER}/7`],
    [`https://eth.blockscout.com/token/${LOWER}/instance/7`, `#/t/1/${LOWER}/7`],
    [`https://bscscan.com/token/${LOWER}`, 'unserved bscscan.com'],
    [`https://holesky.etherscan.io/address/${WALLET}`, 'unserved holesky.etherscan.io'],
    [`https://etherscan.io/tx/${HASH}`, 'hash'],
    ['https://etherscan.io/name-lookup-search?id=vitalik.eth', '#/w/vitalik.eth'],
  ]),
)('reads the explorer’s link %s as %s', (text, expected) => {
  expect(short(readSearch(text))).toBe(expected);
});

test.each(
  cases([
    [`https://d111.cloudfront.net/#/c/137/${APES}?sort=name`, `#/c/137/${APES}?sort=name`],
    [`http://localhost:3000/#/t/1/${APES}/7`, `#/t/1/${APES}/7`],
    ['https://ipfs.io/ipfs/bafy/#/w/vitalik.eth', '#/w/vitalik.eth'],
    [`#/c/1/${APES}`, `#/c/1/${APES}`],
    ['#/session', '#/session'],
    ['#/find/x', '#/find/x'],
    ['#/nowhere', 'words'],
    [`Look: https://opensea.io/item/ethereum/${LOWER}/7.`, `#/t/1/${LOWER}/7`],
    [`https://www.nftscan.com/${LOWER}/7`, `ask ${LOWER} on null`],
    [`https://somewhere.example/holder/${WALLET}`, `ask ${WALLET} on null`],
    [`https://somewhere.example/base/token/${LOWER}/7`, `#/t/8453/${LOWER}/7`],
  ]),
)('reads %s, of our own or of a site it does not know, as %s', (text, expected) => {
  expect(short(readSearch(text))).toBe(expected);
});

test.each(
  cases([
    ['', 'nothing'],
    [' \u200b ', 'nothing'],
    ['bored apes', 'words'],
    ['azuki', 'words'],
    ['0x1234', 'words'],
    [`${APES}00`, 'words'],
    [APES.replace('EdA7', 'eda7'), 'mistyped'],
    [`https://etherscan.io/address/${APES.replace('EdA7', 'eda7')}`, 'mistyped'],
    [HASH, 'hash'],
    ['https://example.com/about', 'link'],
    ['https://', 'words'],
    ['javascript:alert(1)', 'words'],
    ['https://opensea.io/assets/ethereum/%E0%A4%A/7', 'link'],
  ]),
)('does not decide for %j: %s', (text, expected) => {
  expect(short(readSearch(text))).toBe(expected);
});

test('a token without a chain is on the chain where the person looks', () => {
  expect(short(readSearch(`${APES}/7`, 137))).toBe(`#/t/137/${APES}/7`);
});

test('reads no more of a text than any link has', () => {
  const reading = readSearch('a'.repeat(90_000));
  expect(reading).toEqual({ is: 'words', text: 'a'.repeat(LONGEST_SEARCH) });
});
