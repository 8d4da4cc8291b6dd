// The public API is what stands in api/*.d.ts: all that the declarations of an entry reach. Fails where that changed;
// `npm run report` writes it anew, for a reviewer to read.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('..', import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
const IMPORT = /from '(\.[^']+)'/g;

/** The declaration files that one reaches, in the order they are met. */
function reach(file, seen = new Set()) {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(IMPORT))
    reach(new URL(path.replace(/\.[jt]s$/, '.d.ts'), file), seen);
  return seen;
}

function report(entry) {
  const dist = new URL('dist/', folder).href;
  const parts = [...reach(new URL(entry, folder))].map(
    (href) => `// ${href.slice(dist.length)}\n${readFileSync(new URL(href), 'utf8')}`,
  );
  return parts.join('\n');
}

for (const [name, { types }] of Object.entries(exports)) {
  if (!types) continue;
  const file = new URL(`api/${name === '.' ? 'index' : name.slice(2)}.d.ts`, folder);
  const now = report(types);
  if (process.argv.includes('--write')) {
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, now);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== now) {
    process.stderr.write(
      `the API of ${name} changed: \`npm run report\`, then read the difference\n`,
    );
    process.exitCode = 1;
  }
}
