// nft-gallery-client as it is packed, in Node: the whole life of a session. argv: config.json's URL, ADDRESS, CHECKSUMMED, ORIGIN.
// Asks for signatures on stdout ("SIGN 0x…"), reads them from stdin.
import { createInterface } from 'node:readline';
import { createWalletAuth, gallery } from '../../clients/js/dist/index.js';
import { createTestWallet } from '../../clients/js/dist/testing/index.js';

const [configUrl, , address, origin] = process.argv.slice(2);
const config = await (await fetch(configUrl)).json();
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const signMessage = async (text) => {
  console.log(`SIGN 0x${Buffer.from(text).toString('hex')}`);
  return (await answers.next()).value;
};
const account = { address, signMessage };
const asked = [];
const sent = (url, init) => {
  asked.push(init.headers['x-amz-target']?.split('.')[1]);
  return fetch(url, init);
};
const calls = () => asked.splice(0).filter(Boolean);
const codeOf = (promise) => promise.then(() => null, (error) => error.code ?? String(error));
const contract = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';

const wallet = createTestWallet({ accounts: [account] });
const auth = createWalletAuth(config, { origin, fetch: sent });
const api = gallery(auth);
const seen = {};
const changes = [];
auth.onSessionChange((session, change) => changes.push([change, session?.wallet ?? null]));

seen.guest = (await api.contract({ chainId: 1, contract })).contract.address;
seen.guestOfOwnList = await codeOf(api.myNfts({ chainId: 1 }).pages().next());
calls();
const steps = [];
const first = await auth.signIn(wallet.provider, { onStep: (step) => steps.push(step) });
seen.steps = steps;
seen.first = [first.wallet, first.chainId, wallet.prompts, calls()];
let owned = 0;
for await (const nft of api.myNfts({ chainId: 1 })) owned += nft.chainId;
seen.owned = owned;
seen.identity = (await auth.credentials()).identityId === (await auth.credentials()).identityId;
calls();
const refreshed = await Promise.all([1, 2, 3, 4, 5].map(() => auth.refresh()));
seen.refreshed = [new Set(refreshed.map(({ idToken }) => idToken)).size, calls()];
seen.name = await codeOf(api.resolveName({ name: "don't(!)*.eth" }));
await auth.signOut();
seen.signedOut = [await auth.session(), calls().includes('RevokeToken')];

await auth.signIn(wallet.provider);
seen.second = calls();
await auth.signOut({ everywhere: true });
seen.signedOutEverywhere = [await auth.session(), calls()];

const pending = await auth.startSignIn({ address });
const message = pending.message();
seen.wrong = await codeOf(pending.answer({ message, signature: await signMessage(`not ${message}`) }));
const again = pending.message();
await pending.answer({ message: again, signature: await signMessage(again) });
const actions = { 'https://example.org/': { 'crud/read': [{}] } };
const recap = Buffer.from(JSON.stringify({ att: actions, prf: [] })).toString('base64url');
const oneClick = (await auth.startSignIn({ address }));
const sentence = "I further authorize the stated URI to perform the following actions on my behalf: (1) 'crud': 'read' for 'https://example.org/'.";
const statement = oneClick.challenge.statement;
const written = `${oneClick.message().replace(statement, `${statement} ${sentence}`)}\nResources:\n- urn:recap:${recap}`;
seen.oneClick = (await oneClick.answer({ message: written, signature: await signMessage(written) })).wallet;

calls();
seen.wrongChain = [await codeOf(auth.signIn(wallet.provider, { chainId: 424242 })), calls()];
const elsewhere = createWalletAuth(config, { origin: 'https://elsewhere.example' });
const prompts = wallet.prompts;
seen.elsewhere = [await codeOf(elsewhere.signIn(wallet.provider)), wallet.prompts - prompts];
const late = createWalletAuth(config, { origin, now: () => Date.now() - 3_600_000 });
seen.late = (await late.signIn(wallet.provider)).wallet;
seen.lateGuest = (await gallery(late).contract({ chainId: 1, contract })).chainId;
const wrongClock = createWalletAuth(config, { origin, now: () => Date.now() + 7_200_000 });
seen.guestWithAWrongClock = (await gallery(wrongClock).contract({ chainId: 1, contract })).chainId;

calls();
const { identityId } = await auth.credentials();
const deleted = await auth.deleteAccount(wallet.provider);
seen.deleted = [deleted.wallet, deleted.identityId === identityId, await auth.session(), calls().includes('DeleteUser')];
const anew = await auth.signIn(wallet.provider);
seen.anew = [anew.wallet, calls(), (await auth.credentials()).identityId === identityId];
seen.changes = changes;
console.log(`SEEN ${JSON.stringify(seen)}`);
process.exit(0);
