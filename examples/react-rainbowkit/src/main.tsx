import '@rainbow-me/rainbowkit/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createWalletAuth } from 'nft-gallery-client';
import { WalletAuthProvider } from 'nft-gallery-client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { WagmiProvider } from 'wagmi';
import { OwnedNfts } from './OwnedNfts';
import { SignIn } from './SignIn';
import { wallets } from './wallets';

const auth = createWalletAuth(await (await fetch('/config.json')).json());
const queries = new QueryClient();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <WagmiProvider config={wallets}>
      <QueryClientProvider client={queries}>
        <WalletAuthProvider auth={auth}>
          <SignIn>
            <OwnedNfts />
          </SignIn>
        </WalletAuthProvider>
      </QueryClientProvider>
    </WagmiProvider>
  </StrictMode>,
);
