import type { ContractDetails } from 'nft-gallery-client';
import type { ReactNode } from 'react';
import { labelOf } from '../bar/chainName.ts';
import { useChains } from '../bar/useChains.ts';
import { displayText } from '../displayText.ts';
import { isAddress, shortAddress } from '../ethereum/address.ts';
import { useGallery } from '../gallery.ts';
import { Link } from '../routing/Link.tsx';
import type { Route } from '../routing/routes.ts';
import { useCollectionTexts } from '../text/pages/collection.ts';

interface FactsProps {
  of: Extract<Route, { page: 'collection' }>;
  details: ContractDetails | null;
}

const STANDARDS = { ERC721: 'ERC-721', ERC1155: 'ERC-1155', UNKNOWN: null } as const;

/** Numbers and names; what nobody knows is left out. */
export function Facts({ of, details }: FactsProps) {
  const { numbers, texts } = useGallery();
  const words = useCollectionTexts();
  const chains = useChains(true);
  const chain = labelOf(chains, texts.bar.chainById)(of.chainId);
  const { collection, contract } = details ?? {};
  const floor = collection?.floorPrice;
  const supply = contract?.totalSupply;
  const provider = details && PROVIDERS[details.provider];
  return (
    <dl class="flex min-h-12 flex-wrap gap-x-8 gap-y-3">
      <Fact label={words.chain}>{chain}</Fact>
      {supply && <Fact label={words.supply}>{numbers.count(supply)}</Fact>}
      {floor && (
        <Fact label={words.floor}>
          <bdi>{`${numbers.decimal(floor.amount)} ${displayText(floor.currency, 12) ?? ''}`}</bdi>
        </Fact>
      )}
      {contract && STANDARDS[contract.tokenType] && (
        <Fact label={words.standard}>{STANDARDS[contract.tokenType]}</Fact>
      )}
      {isAddress(contract?.deployer) && (
        <Fact label={words.deployer}>
          <Link
            to={{ page: 'owner', owner: contract.deployer }}
            class="underline decoration-stone-400 underline-offset-4"
          >
            {shortAddress(contract.deployer)}
          </Link>
        </Fact>
      )}
      {provider && <Fact label={words.source}>{provider}</Fact>}
    </dl>
  );
}

const PROVIDERS = { alchemy: 'Alchemy', moralis: 'Moralis' } as const;

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt class="muted text-xs">{label}</dt>
      <dd class="mt-0.5 font-medium tabular-nums">{children}</dd>
    </div>
  );
}
