import tailwindcss from '@tailwindcss/vite';
import { defineConfig, loadEnv, type Plugin, runnerImport } from 'vite';

/** The client's source, as its package.json exports what is built of it. */
const client = (file: string) => new URL(`../clients/js/src/${file}`, import.meta.url).pathname;
const LOCAL_STACK = 'http://localhost:3100'; // make start PORT=3100
const alias = {
  'nft-gallery-client/amplify-core': client('amplify/core.ts'),
  'nft-gallery-client/testing': client('testing/index.ts'),
  'nft-gallery-client': client('index.ts'),
  'react/jsx-runtime': 'preact/jsx-runtime',
  'react-dom/client': 'preact/compat/client',
  'react-dom': 'preact/compat',
  react: 'preact/compat',
};
const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;

/** Writes what a guest sees first into index.html, so that the page paints before any script ran. */
function prerenderedShell(): Plugin {
  return {
    name: 'prerendered-shell',
    apply: 'build',
    async transformIndexHtml(html) {
      const { module } = await runnerImport<{ renderShell: () => string }>('./src/prerender.tsx', {
        configFile: false,
        resolve: { alias },
        oxc,
      });
      return html.replace('<!--shell-->', () => module.renderShell());
    },
  };
}

/** `npm run dev`: config.json and the local stack's demo wallet come from the stack of DAPP_URL. */
function ofTheStack(target: string) {
  const proxied = { target, changeOrigin: true };
  return { '/config.json': proxied, '/demo-wallet': proxied };
}

/** As the local stack adds it to the page; a deployed one answers 404. */
function demoWallet(): Plugin {
  const script = { tag: 'script', attrs: { src: '/demo-wallet.js' } };
  return { name: 'demo-wallet', apply: 'serve', transformIndexHtml: () => [script] };
}

export default defineConfig(({ mode }) => ({
  base: './',
  resolve: { alias },
  oxc,
  plugins: [tailwindcss(), prerenderedShell(), demoWallet()],
  server: {
    port: 3000, // AllowedOrigins of the stack has to list it
    strictPort: true,
    proxy: ofTheStack(loadEnv(mode, import.meta.dirname, 'DAPP_').DAPP_URL ?? LOCAL_STACK),
  },
  build: {
    ...{ outDir: 'out', emptyOutDir: true, manifest: true, modulePreload: { polyfill: false } },
    // what the first page needs is one request, also where later pages share parts of it
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'shell', tags: ['$initial'] },
            // parts of WalletConnect, so that every file is one IPFS block (docs/ipfs.md)
            { name: 'walletConnectCodec', test: /node_modules\/@msgpack\// },
            { name: 'walletConnectUtils', test: /node_modules\/(@walletconnect\/utils|ox)\// },
          ],
        },
      },
    },
  },
}));
