import { galleryConfig } from './config';
import { SignIn } from './SignIn';
import { currentWallet } from './session';

export default async function Page() {
  const wallet = (await currentWallet())?.wallet ?? null;
  return (
    <main>
      <h1>{wallet ? `The server knows ${wallet}` : 'The server knows no wallet'}</h1>
      <SignIn config={await galleryConfig()} known={wallet} />
    </main>
  );
}
