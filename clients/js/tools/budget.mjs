// Fails when an entry costs a page more than README.md promises: bundled, minified, brotli.
import { existsSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const CORE_KIB = 9;
/** What an entry adds to the core, without the library that it is for. */
const ADDED_KIB = { react: 1.5, rainbowkit: 0.5, amplify: 1.5 };

const folder = new URL('..', import.meta.url).pathname;
if (!existsSync(`${folder}dist/index.js`)) throw new Error('run `npm run build` first');

async function brotliKib(code) {
  const entry = '\0entry';
  const bundle = await rolldown({
    input: entry,
    cwd: folder,
    external: /^(react|aws-amplify)/,
    onLog: () => {}, // 'use client' says nothing here
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? { id, moduleSideEffects: true } : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  return brotliCompressSync(output.map(({ code: text }) => text).join('')).length / 1024;
}

const core = `export { createWalletAuth, gallery } from '${folder}dist/index.js';`;
const coreKib = await brotliKib(core);
const rows = [['core with gallery', coreKib, CORE_KIB]];
for (const [name, limit] of Object.entries(ADDED_KIB)) {
  const entry = `export * from '${folder}dist/${name}/index.js';`;
  rows.push([`${name} beside it`, (await brotliKib(core + entry)) - coreKib, limit]);
}
for (const [name, size, limit] of rows) {
  const verdict = size > limit ? 'TOO MUCH' : 'ok';
  process.stdout.write(
    `${name}: ${size.toFixed(2)} KiB brotli, at most ${limit} KiB: ${verdict}\n`,
  );
  if (size > limit) process.exitCode = 1;
}
