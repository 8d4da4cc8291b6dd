import { createConfig, unstable_connector } from 'wagmi';
import { mainnet } from 'wagmi/chains';
import { injected } from 'wagmi/connectors';

/**
 * Wallets that announce themselves (EIP-6963). The wallet's own node is asked, so this page calls
 * nobody but the gallery. For WalletConnect take RainbowKit's `getDefaultConfig` and your projectId.
 */
export const wallets = createConfig({
  chains: [mainnet],
  transports: { [mainnet.id]: unstable_connector(injected) },
});
