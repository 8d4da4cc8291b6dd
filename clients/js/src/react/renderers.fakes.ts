// One bundle for each React that the hooks are for, as a page's own bundler makes it.
import { join } from 'node:path';
import { rolldown } from 'rolldown';

export type Harness = typeof import('./harness.fakes.ts');

const ALIASES: Record<string, Record<string, string>> = {
  'React 19': {},
  'React 18': { react: 'react-18', 'react-dom': 'react-dom-18' },
  Preact: {
    'react-dom/client': 'preact/compat/client',
    'react-dom': 'preact/compat',
    react: 'preact/compat',
  },
};

export const RENDERERS = Object.keys(ALIASES);

export async function loadHarness(renderer: string): Promise<Harness> {
  const cwd = join(import.meta.dirname, '..', '..');
  const bundle = await rolldown({
    cwd,
    input: join(import.meta.dirname, 'harness.fakes.ts'),
    platform: 'browser',
    resolve: { alias: ALIASES[renderer] ?? {} },
    transform: { define: { 'process.env.NODE_ENV': '"development"' } },
    onLog: () => {},
  });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  const code = Buffer.from(output[0].code).toString('base64');
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
}
