// Fails when the page costs more JavaScript than ARCHITECTURE.md promises. Run after `npm run build`.
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const INITIAL_KIB = 30;
const WITH_AMPLIFY_KIB = 70;

const out = new URL('./out/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', out), 'utf8'));

/** Files of `key` and of everything it imports, also what it imports later when `lazy`. */
function reach(key, lazy, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return seen;
  seen.add(key);
  const next = [...(chunk.imports ?? []), ...(lazy ? (chunk.dynamicImports ?? []) : [])];
  for (const other of next) reach(other, lazy, seen);
  return seen;
}

function brotliKib(keys) {
  const files = [...keys].map((key) => readFileSync(new URL(manifest[key].file, out)));
  return files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0) / 1024;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
if (!entry) throw new Error('no entry in the manifest');
const all = reach(entry, true);
if (all.size < 2) throw new Error('Amplify is no longer a chunk of its own');
const rows = [
  ['initial', brotliKib(reach(entry, false)), INITIAL_KIB],
  ['with Amplify', brotliKib(all), WITH_AMPLIFY_KIB],
];
for (const [name, size, limit] of rows) {
  const verdict = size > limit ? 'TOO MUCH' : 'ok';
  process.stdout.write(
    `${name}: ${size.toFixed(1)} KiB brotli, at most ${limit} KiB: ${verdict}\n`,
  );
  if (size > limit) process.exitCode = 1;
}
