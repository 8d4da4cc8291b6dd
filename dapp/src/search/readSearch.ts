import { chainCalled, linkedChain } from '../ethereum/chains.ts';
import { checked, contractReading, type OnChain, type Reading } from './reading.ts';
import { isSite, readLink, readOwnHash } from './readLink.ts';

/** More is no link and no name. */
export const LONGEST_SEARCH = 2000;

const ADDRESS = '0x[0-9a-fA-F]{40}';
const TOKEN_ID = '\\d{1,78}';
/** https://chainagnostic.org/CAIPs/caip-10, as did:pkh too */
const CAIP_10 = new RegExp(`^(?:did:pkh:)?eip155:(\\d+):(${ADDRESS})$`);
/** https://chainagnostic.org/CAIPs/caip-19, 22 and 29 */
const CAIP_19 = new RegExp(`^eip155:(\\d+)/erc(?:721|1155):(${ADDRESS})(?:/(${TOKEN_ID}))?$`, 'i');
/** https://eips.ethereum.org/EIPS/eip-3770, and the chain of https://eips.ethereum.org/EIPS/eip-681 */
const EIP_3770 = new RegExp(
  `^([a-z0-9_-]+):(?:pay-)?(${ADDRESS})(?:@(\\d+))?(?:[/:](${TOKEN_ID}))?$`,
  'i',
);
const TOKEN = new RegExp(`^(${ADDRESS})[\\s/:#]+(${TOKEN_ID})$`);
const IN_A_SENTENCE = new RegExp(`(?<![0-9a-zA-Z])${ADDRESS}(?![0-9a-zA-Z])`);
const HASH = /^0x[0-9a-f]{64}$/i;
const NAME = /^(?:[^\s./:@#?]+\.)+[^\s./:@#?]{2,}$/u;
const URL_IN_A_SENTENCE = /\bhttps?:\/\/[^\s<>"]+/i;
const URL_WITHOUT_SCHEME = /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?[/?#]\S*$/i;
// What comes along when text is copied: soft hyphens, zero-width characters, marks of direction.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const WRAPPING = /^[@\s"'`<([{“‘«]+|[\s"'`>)\]}”’»,;.!]+$/gu;

/** Pure. `preferredChainId` is for tokens without a chain: it is where a person looks. */
export function readSearch(typed: string, preferredChainId = 1): Reading {
  const text = typed.slice(0, LONGEST_SEARCH).replace(INVISIBLE, '').replace(WRAPPING, '');
  if (text === '') return { is: 'nothing' };
  const link = URL_IN_A_SENTENCE.exec(text)?.[0].replace(WRAPPING, '');
  if (link) return readLink(link);
  return readOwnHash(text) ?? readIdentifier(text, preferredChainId) ?? readText(text);
}

function readIdentifier(text: string, preferredChainId: number): Reading | null {
  const asset = CAIP_19.exec(text);
  if (asset) return contractReading(asset[2], linkedChain(Number(asset[1])), asset[3], asset[1]);
  const account = CAIP_10.exec(text);
  if (account) return addressReading(account[2], linkedChain(Number(account[1])), account[1]);
  const short = EIP_3770.exec(text);
  if (short) {
    const [, prefix = '', address, chainId, tokenId] = short;
    const chain = chainId ? linkedChain(Number(chainId)) : chainCalled(prefix);
    if (tokenId) return contractReading(address, chain, tokenId, prefix);
    return addressReading(address, chain, chainId ?? prefix);
  }
  const token = TOKEN.exec(text);
  if (token) return contractReading(token[1], { chainId: preferredChainId }, token[2], '');
  return null;
}

function readText(text: string): Reading {
  if (HASH.test(text)) return { is: 'hash' };
  const isOneWord = !/\s/.test(text);
  if (isOneWord && URL_WITHOUT_SCHEME.test(text)) return readLink(`https://${text}`);
  if (isOneWord && isSite(text.toLowerCase())) return readLink(`https://${text}`);
  if (isOneWord && NAME.test(text)) return { is: 'page', route: { page: 'owner', owner: text } };
  const address = IN_A_SENTENCE.exec(text)?.[0];
  if (address)
    return checked(address, (known) => ({ is: 'address', address: known, chainId: null }));
  return { is: 'words', text };
}

function addressReading(address: string | undefined, chain: OnChain, called = ''): Reading {
  return checked(address, (known) =>
    chain
      ? { is: 'address', address: known, chainId: chain.chainId }
      : { is: 'unserved', chain: called },
  );
}
