import type { Nft } from 'nft-gallery-client';
import type { ReactNode } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { isAddress, shortAddress } from '../ethereum/address.ts';
import { addressOf, useGallery } from '../gallery.ts';
import { STANDARDS, shortId } from '../grid/words.ts';
import { explorerOf } from '../nft/explorers.ts';
import { PROVIDER_NAMES } from '../states/NoteBanner.tsx';
import { useTokenTexts } from '../text/pages/token.ts';
import { OwnerLink } from './OwnerLink.tsx';
import { Fact, Section } from './Section.tsx';
import type { TokenRoute } from './tokenRoute.ts';
import { useChainName } from './useChainName.ts';
import { useHolding } from './useHolding.ts';

interface FactsProps {
  token: TokenRoute;
  nft: Nft;
  isSettled: boolean;
}

/** Who has it, what it is, and since when. */
export function Facts({ token, nft, isSettled }: FactsProps) {
  const texts = useTokenTexts();
  return (
    <Section title={texts.details}>
      <dl class="text-sm">
        <Holders {...{ token, nft, isSettled }} />
        <Fact name={texts.standard}>{STANDARDS[nft.tokenType] ?? texts.noStandard}</Fact>
        <Fact name={texts.chain}>{useChainName(token.chainId)}</Fact>
        <Fact name={texts.tokenId}>
          <span title={token.tokenId}>{shortId(token.tokenId)}</span>
          <CopyButton text={token.tokenId} label={texts.copyTokenId} />
        </Fact>
        <Fact name={texts.contract}>
          <OnExplorer chainId={token.chainId} address={token.contract} />
          <CopyButton text={token.contract} label={texts.copyAddress} />
        </Fact>
        <Since name={texts.minted} time={nft.mint?.timestamp ?? null}>
          <Transaction chainId={token.chainId} hash={nft.mint?.transactionHash ?? null} />
        </Since>
        <Since name={texts.acquired} time={nft.acquiredAt?.timestamp ?? null} />
        <Since name={texts.updated} time={nft.updatedAt} />
        <Fact name={texts.provider}>
          {PROVIDER_NAMES[nft.provider]}
          {nft.stale && <span class="muted">({texts.stale})</span>}
        </Fact>
      </dl>
    </Section>
  );
}

interface SinceProps {
  name: string;
  /** ISO 8601. */
  time: string | null;
  children?: ReactNode;
}

function Since({ name, time, children }: SinceProps) {
  const { numbers } = useGallery();
  const date = time === null ? null : numbers.dateTime(time);
  if (time === null || date === null) return null;
  return (
    <Fact name={name}>
      <time dateTime={time}>{date}</time>
      {children}
    </Fact>
  );
}

const HASH = /^0x[0-9a-f]{64}$/i;

function Transaction({ chainId, hash }: { chainId: number; hash: string | null }) {
  const texts = useTokenTexts();
  const explorer = explorerOf(chainId);
  if (!explorer || hash === null || !HASH.test(hash)) return null;
  return (
    <ElsewhereLink url={explorer.transaction(hash)} host={explorer.host}>
      {texts.transaction}
    </ElsewhereLink>
  );
}

/** The provider's owner, and how many of them, or of the wallet that is signed in. */
function Holders({ token, nft, isSettled }: FactsProps) {
  const { numbers, session } = useGallery();
  const texts = useTokenTexts();
  const held = useHolding(token, nft, isSettled);
  const { balance, owner } = nft;
  const isOwn = owner !== null && owner.toLowerCase() === addressOf(session)?.toLowerCase();
  return (
    <>
      <Fact name={texts.owner}>
        {owner !== null && isAddress(owner) ? (
          <>
            <OwnerLink address={owner} isSettled={isSettled} />
            <CopyButton text={owner} label={texts.copyAddress} />
          </>
        ) : (
          <span class="muted">
            {nft.tokenType === 'ERC1155' ? texts.ownersMany : texts.ownerUnknown}
          </span>
        )}
      </Fact>
      {held !== null && <Fact name={texts.held}>{numbers.count(held)}</Fact>}
      {!isOwn && owner !== null && balance !== null && nft.tokenType !== 'ERC721' && (
        <Fact name={texts.balance}>{numbers.count(balance)}</Fact>
      )}
    </>
  );
}

function OnExplorer({ chainId, address }: { chainId: number; address: TokenRoute['contract'] }) {
  const explorer = explorerOf(chainId);
  const text = <span title={address}>{shortAddress(address)}</span>;
  if (!explorer) return text;
  return (
    <ElsewhereLink url={explorer.address(address)} host={explorer.host}>
      {text}
    </ElsewhereLink>
  );
}
