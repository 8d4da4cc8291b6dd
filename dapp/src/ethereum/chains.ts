/** What links say of a chain. The names that the page shows are the API's (`queries.chains()`). */
export interface LinkedChain {
  chainId: number;
  /** EIP-3770, from https://github.com/ethereum-lists/chains: `eth` of `eth:0x…`. */
  shortName: string;
  /** Of the Etherscan family, or with paths like its own; this page links to the first. */
  explorerHosts: readonly [string, ...string[]];
  /** How sites call it in their paths, the names they gave up too. */
  slugs: readonly string[];
}

export const LINKED_CHAINS: readonly LinkedChain[] = [
  chain(1, 'eth', ['etherscan.io', 'eth.blockscout.com'], ['ethereum', 'mainnet']),
  chain(10, 'oeth', ['optimistic.etherscan.io', 'optimism.blockscout.com'], ['optimism']),
  chain(137, 'pol', ['polygonscan.com', 'polygon.blockscout.com'], ['polygon', 'matic']),
  chain(250, 'ftm', ['ftmscan.com'], ['fantom']),
  chain(8453, 'base', ['basescan.org', 'base.blockscout.com'], []),
  chain(42161, 'arb1', ['arbiscan.io', 'arbitrum.blockscout.com'], ['arbitrum', 'arb']),
  chain(43114, 'avax', ['snowscan.xyz', 'snowtrace.io'], ['avalanche']),
  chain(59144, 'linea', ['lineascan.build', 'explorer.linea.build'], []),
  chain(59141, 'linea-sepolia', ['sepolia.lineascan.build'], ['linea_sepolia']),
  chain(80002, 'polygonamoy', ['amoy.polygonscan.com'], ['amoy', 'polygon_amoy']),
  chain(84532, 'basesep', ['sepolia.basescan.org'], ['base-sepolia', 'base_sepolia', 'bsep']),
  chain(11155111, 'sep', ['sepolia.etherscan.io'], ['sepolia', 'eth-sepolia']),
];

export function linkedChain(chainId: number): LinkedChain | null {
  return LINKED_CHAINS.find((chain) => chain.chainId === chainId) ?? null;
}

/** By a name of a link, in any letter case. */
export function chainCalled(name: string): LinkedChain | null {
  const wanted = name.toLowerCase();
  const isCalled = ({ shortName, slugs }: LinkedChain) =>
    shortName === wanted || slugs.includes(wanted);
  return LINKED_CHAINS.find(isCalled) ?? null;
}

export function chainExploredAt(host: string): LinkedChain | null {
  return LINKED_CHAINS.find(({ explorerHosts }) => explorerHosts.includes(host)) ?? null;
}

function chain(
  chainId: number,
  shortName: string,
  explorerHosts: LinkedChain['explorerHosts'],
  slugs: readonly string[],
): LinkedChain {
  return { chainId, shortName, explorerHosts, slugs };
}
