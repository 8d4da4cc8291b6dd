import { type Address, shortAddress } from '../ethereum/address.ts';
import { useChecksumAddress } from '../ethereum/useChecksumAddress.ts';
import { useGallery } from '../gallery.ts';
import { useHolderName } from './useHolderName.ts';

/** One press to the wallet that signed in before. */
export function SignInAgain({ address, class: extra = '' }: { address: Address; class?: string }) {
  const { intend, signIn, texts } = useGallery();
  const short = shortAddress(useChecksumAddress(address));
  const who = useHolderName(address) ?? short;
  return (
    <button
      type="button"
      class={`button button-primary ${extra}`}
      onPointerEnter={intend}
      onClick={() => void signIn.again(address)}
    >
      {texts.account.signInAgain(who)}
    </button>
  );
}
