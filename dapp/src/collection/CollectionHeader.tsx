import type { ContractDetails } from 'nft-gallery-client';
import type { ReactNode } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { type Address, shortAddress } from '../ethereum/address.ts';
import { toChecksumAddress } from '../ethereum/checksum.ts';
import { useGallery } from '../gallery.ts';
import type { Route } from '../routing/routes.ts';
import { useStore } from '../store.ts';
import { useCollectionTexts } from '../text/pages/collection.ts';
import { CollectionArt } from './CollectionArt.tsx';
import { collectionLinks } from './collectionLinks.ts';
import { Facts } from './Facts.tsx';
import { Held } from './Held.tsx';
import { SpamWarning } from './SpamWarning.tsx';

interface CollectionHeaderProps {
  of: Extract<Route, { page: 'collection' }>;
  /** null until they came. */
  details: ContractDetails | null;
  /** Fit for display. */
  name: string | null;
}

/** Whose tokens these are, in the words of their makers, and what others say of them. */
export function CollectionHeader({ of, details, name }: CollectionHeaderProps) {
  const { session } = useGallery();
  const words = useCollectionTexts();
  const isSignedIn = useStore(session).status === 'signed-in';
  const address = toChecksumAddress(of.contract);
  return (
    <header>
      <CollectionArt
        address={address}
        collection={details?.collection ?? null}
        spam={details?.spam ?? null}
      />
      <div class="mt-4 flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div class="min-w-0 grow basis-72">
          <h1 class="flex flex-wrap items-center gap-x-3 gap-y-1 text-2xl font-semibold tracking-tight sm:text-3xl">
            <bdi class="max-w-full break-words">
              {name ?? (details ? shortAddress(address) : '…')}
            </bdi>
            {details?.collection.verified && <Verified>{words.verified}</Verified>}
          </h1>
          <AddressLine address={address} />
        </div>
        {isSignedIn && <Held of={of} />}
      </div>
      {details && <SpamWarning spam={details.spam} />}
      <div class="mt-5 flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
        <Facts of={of} details={details} />
        {details && (
          <ul class="flex flex-wrap gap-x-6 gap-y-2 text-sm" aria-label={words.links}>
            {collectionLinks(details, words).map(({ label, url, host }) => (
              <li key={url} class="max-w-full">
                <ElsewhereLink url={url} host={host}>
                  {label}
                </ElsewhereLink>
              </li>
            ))}
          </ul>
        )}
      </div>
    </header>
  );
}

function Verified({ children }: { children: ReactNode }) {
  return (
    <span class="rounded-full bg-amber-100 px-2.5 py-0.5 text-xs font-semibold tracking-normal text-amber-900 dark:bg-amber-400/20 dark:text-amber-200">
      ✓ {children}
    </span>
  );
}

function AddressLine({ address }: { address: Address }) {
  const words = useCollectionTexts();
  return (
    <p class="muted flex items-center gap-1 font-mono text-xs">
      <span class="hidden md:inline">{address}</span>
      <span class="md:hidden" aria-hidden="true">
        {shortAddress(address)}
      </span>
      <span class="sr-only md:hidden">{address}</span>
      <CopyButton text={address} label={words.copy} />
    </p>
  );
}
