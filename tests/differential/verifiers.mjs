// One answer a line: what viem and siwe say of a signed message. For tests/differential/others.py.
// node verifiers.mjs FOLDER, where FOLDER holds node_modules; each line of the input and of the output is JSON.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(join(resolve(process.argv[2]), 'package.json'));
const { hashMessage, recoverAddress } = require('viem');
const { parseSiweMessage, validateSiweMessage } = require('viem/siwe');
const { SiweMessage } = require('siwe');

console.error = () => undefined; // siwe writes there what it could not recover

// verifySiweMessage without its node: the fields, then the key's own signature.
async function viem({ message, signature, address, domain, nonce, time }) {
  const parsed = parseSiweMessage(message);
  const expected = { message: parsed, address, domain, nonce, time: new Date(time) };
  if (!parsed.address || !validateSiweMessage(expected)) return false;
  const signer = await recoverAddress({ hash: hashMessage(message), signature });
  return signer.toLowerCase() === address;
}

async function siwe({ message, signature, address, domain, nonce, time }) {
  const parsed = new SiweMessage(message);
  const { success } = await parsed.verify({ signature, domain, nonce, time });
  return success && parsed.address.toLowerCase() === address;
}

async function verdict(verify, question) {
  try {
    return await verify(question);
  } catch {
    return false;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const answer = [await verdict(viem, question), await verdict(siwe, question)];
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
