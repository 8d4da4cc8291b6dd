// Writes dist/ from src/, from nothing, so that no file of an older build is packed.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = new URL('..', import.meta.url).pathname;
rmSync(join(folder, 'dist'), { recursive: true, force: true });
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const words = [join(typescript, 'bin', 'tsc'), '--project', 'tsconfig.build.json'];
const { status } = spawnSync(process.execPath, words, { cwd: folder, stdio: 'inherit' });
process.exitCode = status ?? 1;
