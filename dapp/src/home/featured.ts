import type { Address } from '../ethereum/address.ts';

/** A collection that a visitor may begin with. */
export interface Featured {
  chainId: number;
  contract: Address;
  /** A name of its own, the same in every language. */
  name: string;
  /** What OpenSea calls it. */
  slug: string;
  /** A part of public/collections.svg, which is drawn for this page: no token's own picture. */
  picture: string;
}

export const FEATURED: readonly Featured[] = [
  {
    chainId: 1,
    contract: '0xa7d8d9ef8D8Ce8992Df33D8b8CF4Aebabd5bD270',
    name: 'Art Blocks',
    slug: 'art-blocks',
    picture: 'waves',
  },
  {
    chainId: 1,
    contract: '0xBd3531dA5CF5857e7CfAA92426877b022e612cf8',
    name: 'Pudgy Penguins',
    slug: 'pudgypenguins',
    picture: 'penguins',
  },
  {
    chainId: 1,
    contract: '0x76BE3b62873462d2142405439777e971754E8E77',
    name: 'Parallel Alpha',
    slug: 'parallelalpha',
    picture: 'worlds',
  },
];
