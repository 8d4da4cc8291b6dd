// node compile.mjs FOLDER FILE...: {"Contract": "creation bytecode in hex"} on standard output.
// FOLDER holds node_modules/solc. The settings decide the bytes: change them and the hex changes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';

const [folder, ...files] = process.argv.slice(2);
const solc = createRequire(resolve(folder, 'package.json'))('solc');
const input = {
  language: 'Solidity',
  sources: Object.fromEntries(
    files.map((file) => [basename(file), { content: readFileSync(file, 'utf8') }]),
  ),
  settings: {
    evmVersion: 'paris', // no PUSH0: not every chain has it
    optimizer: { enabled: true, runs: 1 },
    metadata: { appendCBOR: false, bytecodeHash: 'none' },
    outputSelection: { '*': { '*': ['evm.bytecode.object'] } },
  },
};
const { contracts, errors = [] } = JSON.parse(solc.compile(JSON.stringify(input)));
for (const { severity, formattedMessage } of errors) {
  console.error(formattedMessage);
  if (severity === 'error') process.exitCode = 1;
}
if (!process.exitCode) {
  const all = Object.values(contracts).flatMap((file) => Object.entries(file));
  console.log(JSON.stringify(Object.fromEntries(all.map(([name, c]) => [name, c.evm.bytecode.object]))));
}
