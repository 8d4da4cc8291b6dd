import { shortAddress } from '../ethereum/address.ts';
import { titleOf } from '../grid/words.ts';
import { useTitle } from '../routing/useTitle.ts';
import { idOf } from './neighbours.ts';
import { TokenView } from './TokenView.tsx';
import type { TokenRoute } from './tokenRoute.ts';
import { useToken } from './useToken.ts';

export { TokenDialog } from './TokenDialog.tsx';

/** A token whose address is opened directly. */
export function TokenPage({ token }: { token: TokenRoute }) {
  const asked = useToken(token);
  useTitle(asked.nft && titleOf(asked.nft));
  return (
    <article
      key={idOf(token)}
      class="mx-auto mt-4 max-w-7xl md:mt-8 wide:grid wide:grid-cols-[minmax(0,3fr)_minmax(20rem,2fr)] wide:gap-10"
    >
      {!asked.nft && <h1 class="sr-only">{`${shortAddress(token.contract)} #${token.tokenId}`}</h1>}
      <TokenView
        {...{ token, asked }}
        stage="mx-auto aspect-square w-full max-w-[80dvh] rounded-3xl wide:sticky wide:top-20 wide:mr-0"
        details="mt-6 space-y-6 wide:mt-0"
      />
    </article>
  );
}
