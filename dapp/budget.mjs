// Fails when a page costs more than ARCHITECTURE.md promises. Run after `npm run build`.
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const AMPLIFY = 'src/auth/amplify.ts';
const GERMAN = 'src/text/de.ts';
const GALLERY = ['src/owner/OwnerPage.tsx', AMPLIFY];
/** KiB, brotli: the whole of what a page loads. */
const PAGES = [
  ['initial', [], 30],
  ['#/me', GALLERY, 70],
  ['#/me, in German', [...GALLERY, GERMAN], 70],
  ['#/c/…', ['src/collection/CollectionPage.tsx', AMPLIFY], 70],
  ['#/t/… over #/me', ['src/token/TokenPage.tsx', ...GALLERY], 80],
  ['#/, in the box', ['src/search/Suggestions.tsx', 'src/home/RecentList.tsx', AMPLIFY], 70],
  ['#/find/…', ['src/search/FindPage.tsx', 'src/search/Suggestions.tsx', AMPLIFY], 70],
  ['#/compare', ['src/compare/ComparePage.tsx', AMPLIFY], 80],
  ['#/session', ['src/session/SessionPage.tsx', AMPLIFY], 70],
];
/** KiB, brotli: what an opt-in adds to the page and Amplify. One without a limit fails. */
const OPT_INS = {
  [GERMAN]: 9,
  'src/session/SignInDialog.tsx': 4,
  'src/components/QrCode.tsx': 4,
  'src/wallet/walletConnect.ts': 110,
};
const CSS_KIB = 9;

const out = new URL('./out/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', out), 'utf8'));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
if (!entry) throw new Error('no entry in the manifest');

/** Chunks of `keys`, with all that they import. */
function reach(keys, seen = new Set()) {
  for (const key of keys) {
    if (!manifest[key]) throw new Error(`${key} is no chunk of its own`);
    if (seen.has(key)) continue;
    seen.add(key);
    reach(manifest[key].imports ?? [], seen);
  }
  return seen;
}

function brotliKib(files) {
  const bytes = (file) => brotliCompressSync(readFileSync(new URL(file, out))).length;
  return files.reduce((sum, file) => sum + bytes(file), 0) / 1024;
}

const scripts = (keys) => [...keys].map((key) => manifest[key].file);
const everyPage = reach([entry, ...PAGES.flatMap(([, keys]) => keys)]);
const optIns = Object.keys(manifest).filter(
  (key) => manifest[key].isDynamicEntry && (key in OPT_INS || !everyPage.has(key)),
);
const styles = [...new Set(Object.values(manifest).flatMap(({ css = [] }) => css))];
const rows = [
  ...PAGES.map(([name, keys, limit]) => [name, scripts(reach([entry, ...keys])), limit]),
  ...optIns.map((key) => {
    const added = [...reach([key])].filter((other) => !reach([entry, AMPLIFY]).has(other));
    return [`opt-in ${key}`, scripts(added), OPT_INS[key] ?? 0];
  }),
  ['CSS', styles, CSS_KIB],
];

for (const [name, files, limit] of rows) {
  const size = brotliKib(files);
  const verdict = size > limit ? 'TOO MUCH' : 'ok';
  process.stdout.write(
    `${name}: ${size.toFixed(1)} KiB brotli, at most ${limit} KiB: ${verdict}\n`,
  );
  if (size > limit) process.exitCode = 1;
}
