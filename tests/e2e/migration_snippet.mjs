// The lines of docs/migration.md as they are, with aws-amplify 6 in Node. argv: config.json's URL, address.
// Asks for signatures on stdout ("SIGN 0x…"), reads them from stdin.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [configUrl, address] = process.argv.slice(2);
const require = createRequire(new URL('../../clients/js/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { Amplify } = await load('aws-amplify');
const { confirmSignIn, getCurrentUser, signIn, signUp } = await load('aws-amplify/auth');
Amplify.configure({ Auth: { Cognito: await (await fetch(configUrl)).json() } });

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const provider = {
  async request({ method, params }) {
    if (method !== 'personal_sign') throw new Error(method);
    console.log(`SIGN 0x${Buffer.from(params[0]).toString('hex')}`);
    return (await answers.next()).value;
  },
};

const page = readFileSync(new URL('../../docs/migration.md', import.meta.url), 'utf8');
const [, lines] = page.match(/```js\n(.*?)```/s);
const given = { signUp, signIn, confirmSignIn, provider, address, password: `Aa1!${crypto.randomUUID()}` };
const AsyncFunction = (async () => {}).constructor;
const run = new AsyncFunction(...Object.keys(given), lines);
const error = await run(...Object.values(given)).then(() => null, ({ message }) => message);
const signedIn = await getCurrentUser().then(({ username }) => username, () => null);
console.log(`SEEN ${JSON.stringify({ error, signedIn })}`);
process.exit(0);
