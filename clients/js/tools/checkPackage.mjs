// What npm would get: packed twice, each time from a new build. Fails where the two differ, or where publint, attw or the
// report of the API find anything.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const folder = new URL('..', import.meta.url).pathname;
const packed = mkdtempSync(join(tmpdir(), 'nft-gallery-client-'));

function run(command, ...words) {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** The tarball of a build from nothing, and its hash. */
function pack() {
  run(process.execPath, 'tools/build.mjs');
  const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', packed];
  const [{ filename }] = JSON.parse(run('npm', ...words));
  const tarball = join(packed, filename);
  return { tarball, hash: createHash('sha256').update(readFileSync(tarball)).digest('hex') };
}

async function lint() {
  const { messages, pkg } = await publint({ pkgDir: folder, strict: true, pack: false });
  return messages.map((message) => formatMessage(message, pkg, { color: false }));
}

try {
  const [first, second] = [pack(), pack()];
  if (first.hash !== second.hash) throw new Error('two builds make two tarballs');
  const found = await lint();
  if (found.length > 0) throw new Error(found.join('\n'));
  run('node_modules/.bin/attw', second.tarball, '--profile', 'esm-only', '--no-emoji');
  run(process.execPath, 'tools/apiReport.mjs');
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(packed, { recursive: true, force: true });
}
