// Prints the CID of a folder, as `ipfs add --recursive --cid-version=1 --raw-leaves
// --chunker=size-1048576` would; nothing is sent anywhere. Usage: node cid.mjs FOLDER
// The profile: https://github.com/ipfs/specs/blob/main/src/ipips/ipip-0499.md
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { importer } from 'ipfs-unixfs-importer';

const folder = resolve(process.argv[2] ?? '');
const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({ path: relative(folder, file).split(sep).join('/'), content: read(file) }));

function read(file) {
  return new Uint8Array(readFileSync(file));
}

const source = files.length > 0 ? files : [{ path: 'empty-directory' }];
const nowhere = { put: async (cid) => cid };
let root;
for await (const entry of importer(source, nowhere, {
  profile: 'unixfs-v1-2025',
  wrapWithDirectory: files.length > 0,
})) {
  root = entry;
}
process.stdout.write(`${root.cid}\n`);
