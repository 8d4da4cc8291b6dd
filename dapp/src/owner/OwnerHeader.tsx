import type { NftPage } from 'nft-gallery-client';
import { Avatar } from '../components/Avatar.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { type Address, shortAddress } from '../ethereum/address.ts';
import { toChecksumAddress } from '../ethereum/checksum.ts';
import { useGallery } from '../gallery.ts';
import { explorerOf } from '../nft/explorers.ts';
import type { QueryState } from '../queries/cache.ts';
import { Provenance } from './Provenance.tsx';
import type { OwnedList } from './useOwnedList.ts';
import type { Owner } from './useOwner.ts';
import { FIRST_CHAIN } from './walkChains.ts';

interface OwnerHeaderProps {
  owner: string;
  who: Owner;
  isMine: boolean;
  chainId: number | null;
  state: QueryState<readonly NftPage[]>;
  owned: OwnedList;
}

/** Who this is, and how the page knows what they hold. Low, so that the first row is in view. */
export function OwnerHeader({ owner, who, isMine, chainId, state, owned }: OwnerHeaderProps) {
  const { texts } = useGallery();
  const { name, address } = who;
  const title = name ?? (address ? shortAddress(toChecksumAddress(address)) : owner);
  return (
    <header class="flex flex-wrap items-center gap-x-4">
      <div class="flex min-w-0 grow items-center gap-3 sm:gap-4">
        <Avatar of={(address ?? owner).toLowerCase()} class="size-10 sm:size-14" />
        <div class="min-w-0 grow">
          <h1 class="flex flex-wrap items-baseline gap-x-3 text-xl font-semibold tracking-tight sm:text-2xl">
            <bdi class={`max-w-full ${name === null ? '' : 'truncate'}`}>{title}</bdi>
            {isMine && <span class="muted text-sm font-normal">{texts.owner.you}</span>}
          </h1>
          {address && (
            <AddressLine
              address={address}
              chainId={chainId ?? FIRST_CHAIN}
              isTitle={name === null}
            />
          )}
        </div>
      </div>
      <Provenance state={state} onRefresh={owned.list.reload} />
    </header>
  );
}

interface AddressLineProps {
  address: Address;
  chainId: number;
  /** It stands above already, as short as a small window would show it here. */
  isTitle: boolean;
}

function AddressLine({ address, chainId, isTitle }: AddressLineProps) {
  const { texts } = useGallery();
  const full = toChecksumAddress(address);
  const explorer = explorerOf(chainId);
  return (
    <div class="muted flex flex-wrap items-center gap-x-1 text-sm">
      <span class="font-mono text-xs">
        <span class="hidden lg:inline">{full}</span>
        {!isTitle && (
          <span class="lg:hidden" aria-hidden="true">
            {shortAddress(full)}
          </span>
        )}
        <span class="sr-only lg:hidden">{full}</span>
      </span>
      <CopyButton text={full} label={texts.owner.copy} class={isTitle ? '-ms-2.5 lg:ms-0' : ''} />
      {explorer && (
        <ElsewhereLink url={explorer.address(full)} host={explorer.host}>
          <span class="max-sm:sr-only">{texts.owner.explorer}</span>
        </ElsewhereLink>
      )}
    </div>
  );
}
