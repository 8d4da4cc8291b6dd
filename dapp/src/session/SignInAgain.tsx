import { type Address, shortAddress, toChecksumAddress } from '../ethereum/address.ts';
import { useGallery } from '../gallery.ts';
import { useName } from './useName.ts';

/** One press to the wallet that signed in before. */
export function SignInAgain({ address, class: extra = '' }: { address: Address; class?: string }) {
  const { intend, signIn, texts } = useGallery();
  const who = useName(address) ?? shortAddress(toChecksumAddress(address));
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
