// aws-amplify, unmodified, in Node: everything a client of the stack does, once.
// argv: config.json's URL, address, ORIGIN. Asks for signatures on stdout ("SIGN 0x…"), reads them from stdin.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [configUrl, address, checksummed, origin] = process.argv.slice(2);
const require = createRequire(new URL('../../clients/js/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { Amplify } = await load('aws-amplify');
const auth = await load('aws-amplify/auth');
const { get } = await load('aws-amplify/api');

const config = await (await fetch(configUrl)).json();
Amplify.configure({
  Auth: { Cognito: { ...config, allowGuestAccess: true } },
  API: { REST: { gallery: { endpoint: config.apiEndpoint, region: config.region } } },
});
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const sign = async (message) => {
  console.log(`SIGN 0x${Buffer.from(message).toString('hex')}`);
  return (await answers.next()).value;
};
const lookUp = async (path, queryParams, headers = {}) => {
  const { body } = await get({ apiName: 'gallery', path: `/${path}`, options: { queryParams, headers } }).response;
  return body.json();
};
const bearer = async (options) => ({
  Authorization: `Bearer ${(await auth.fetchAuthSession(options)).tokens.idToken}`,
});
const count = (page) => (page.nfts ?? page.ownedNfts ?? page.result).length;
const collection = { contractAddress: '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D' };
const seen = { guest: count(await lookUp('getNFTsCollectionAlchemy', collection)) };
seen.guestRole = (await auth.fetchAuthSession()).identityId;

const password = `Aa1!${crypto.randomUUID()}`;
// another test may have signed this wallet up
seen.signUp = await auth.signUp({ username: address, password }).then(
  ({ isSignUpComplete }) => isSignUpComplete, ({ name }) => name);
const { nextStep } = await auth.signIn({ username: address, options: { authFlowType: 'CUSTOM_WITHOUT_SRP' } });
const challenge = nextStep.additionalInfo;
const message = [
  `${new URL(origin).host} wants you to sign in with your Ethereum account:`, checksummed, '',
  challenge.statement, '', `URI: ${origin}`, 'Version: 1', `Chain ID: ${challenge.chainIds.split(',')[0]}`,
  `Nonce: ${challenge.nonce}`, `Issued At: ${challenge.issuedAt}`, `Expiration Time: ${challenge.expirationTime}`,
].join('\n');
const challengeResponse = JSON.stringify({ message, signature: await sign(message) });
seen.signIn = (await auth.confirmSignIn({ challengeResponse })).isSignedIn;

seen.collection = count(await lookUp('getNFTsCollectionAlchemy', collection));
for (const route of ['getNFTsAlchemy', 'getNFTsMoralis', 'getNFTsAlchemyLambda', 'getNFTsMoralisLambda']) {
  seen[route] = count(await lookUp(route, {}, await bearer()));
}
const before = (await auth.fetchAuthSession()).tokens.idToken.toString();
const after = (await auth.fetchAuthSession({ forceRefresh: true })).tokens.idToken.toString();
seen.refreshed = before !== after;
seen.afterRefresh = count(await lookUp('getNFTsAlchemy', {}, await bearer()));
seen.wallet = (await auth.getCurrentUser()).username;
await auth.signOut();
seen.signedOut = (await auth.fetchAuthSession()).tokens === undefined;
console.log(`SEEN ${JSON.stringify(seen)}`);
process.exit(0);
