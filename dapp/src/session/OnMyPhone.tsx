import { LazyPage } from '../routing/LazyPage.tsx';
import { useSignInTexts } from '../text/pages/signIn.ts';
import { PHONE_WALLETS } from '../wallet/phoneWallets.ts';
import { loadQrCode } from './loadQrCode.ts';

/** On a phone, links that open this page in a wallet app; elsewhere its address as a picture. */
export function OnMyPhone() {
  const words = useSignInTexts();
  const page = window.location.href;
  if (window.matchMedia('(pointer: coarse)').matches)
    return (
      <div class="mt-3">
        <p class="muted text-sm">{words.onPhoneHere}</p>
        <ul class="mt-2 grid gap-2">
          {PHONE_WALLETS.map(({ name, link }) => (
            <li key={name}>
              <a href={link(page)} rel="noreferrer" class="button button-quiet w-full">
                {name}
              </a>
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <div class="mt-3 grid gap-3">
      <p class="muted text-sm">{words.onPhoneThere}</p>
      <LazyPage load={loadQrCode} props={{ text: page, label: words.qr }} />
    </div>
  );
}
