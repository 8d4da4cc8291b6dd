import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin, runnerImport } from 'vite';

/** The client's source, as its package.json exports what is built of it. */
const client = (file: string) => new URL(`../clients/js/src/${file}`, import.meta.url).pathname;
const alias = {
  'nft-gallery-client/amplify': client('amplify/index.ts'),
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

export default defineConfig({
  base: './',
  resolve: { alias, dedupe: ['aws-amplify'] }, // the dApp's own, which its budget counts
  oxc,
  plugins: [tailwindcss(), prerenderedShell()],
  build: { outDir: 'out', emptyOutDir: true, manifest: true, modulePreload: false },
});
