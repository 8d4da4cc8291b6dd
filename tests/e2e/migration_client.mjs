// The lines of docs/migration.md with the client, as it is built, in Node. argv: config.json's URL, ADDRESS, CHECKSUMMED, ORIGIN.
// Asks for signatures on stdout ("SIGN 0x…"), reads them from stdin.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createWalletAuth, gallery } from '../../clients/js/dist/index.js';

const [configUrl, , address, origin] = process.argv.slice(2);
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const provider = {
  address,
  async signMessage(text) {
    console.log(`SIGN 0x${Buffer.from(text).toString('hex')}`);
    return (await answers.next()).value;
  },
};
const shown = [];
const given = {
  config: await (await fetch(configUrl)).json(),
  createWalletAuth: (config) => createWalletAuth(config, { origin }),
  gallery,
  provider,
  show: (nft) => shown.push(nft),
};

const page = readFileSync(new URL('../../docs/migration.md', import.meta.url), 'utf8');
const [, lines] = page.match(/```ts\nimport .*?\n\n(.*?)```/s);
const AsyncFunction = (async () => {}).constructor;
const run = new AsyncFunction(...Object.keys(given), `${lines}; return [auth, raw];`);
const [auth, raw] = await run(...Object.values(given));
const { wallet } = await auth.session();
const { ownedNfts } = await raw.json();
console.log(`SEEN ${JSON.stringify({ wallet, shown: shown.length, raw: ownedNfts.length })}`);
process.exit(0);
