// Writes dist/ from src/, from nothing, so that no file of an older build is packed.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = new URL('..', import.meta.url).pathname;
const dist = join(folder, 'dist');
rmSync(dist, { recursive: true, force: true });
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const words = [join(typescript, 'bin', 'tsc'), '--project', 'tsconfig.build.json'];
const { status } = spawnSync(process.execPath, words, { cwd: folder, stdio: 'inherit' });
process.exitCode = status ?? 1;

// tsc writes the names of files anew in scripts only
const declarations = readdirSync(dist, { recursive: true }).filter((name) =>
  name.endsWith('.d.ts'),
);
for (const file of declarations.map((name) => join(dist, name))) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/( from '\.[^']+)\.ts'/g, "$1.js'"));
}
