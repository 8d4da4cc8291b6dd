import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { shortAddress } from '../ethereum/address.ts';
import { explorerOf } from '../nft/explorers.ts';
import { Link } from '../routing/Link.tsx';
import type { Route } from '../routing/routes.ts';
import { Empty } from '../states/Empty.tsx';
import { useCollectionTexts } from '../text/pages/collection.ts';

/** No provider knows NFTs at this address: it may be a wallet, or stand on another chain. */
export function UnknownContract({ of }: { of: Extract<Route, { page: 'collection' }> }) {
  const words = useCollectionTexts();
  const explorer = explorerOf(of.chainId);
  return (
    <div class="mt-10">
      <h1 class="sr-only">{shortAddress(of.contract)}</h1>
      <Empty title={words.unknown} text={words.unknownAdvice}>
        <Link to={{ page: 'owner', owner: of.contract }} class="button button-primary">
          {words.asWallet}
        </Link>
        <Link to={{ page: 'find', text: of.contract }} class="button button-quiet">
          {words.otherChains}
        </Link>
        {explorer && (
          <ElsewhereLink
            url={explorer.address(of.contract)}
            host={explorer.host}
            class="min-h-11 items-center px-2 text-sm"
          >
            {words.contract}
          </ElsewhereLink>
        )}
      </Empty>
    </div>
  );
}
