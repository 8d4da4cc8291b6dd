// nft-gallery-client under the contract suite: a command a line, an answer a line, as tests/clients/driver.py says.
// argv: KIND (of js_kinds.mjs), SITE, ORIGIN.
import { createInterface } from 'node:readline';
import { gallery, WalletAuthError } from '../../clients/js/dist/index.js';
import { createTestWallet } from '../../clients/js/dist/testing/index.js';
import { load } from '../../clients/js/tools/load.mjs';
import { KINDS } from './js_kinds.mjs';

const [kind, site, origin] = process.argv.slice(2);
const { secp256k1 } = await load('@noble/curves/secp256k1.js');
const { keccak_256 } = await load('@noble/hashes/sha3.js');

const config = await (await fetch(`${site}/config.json`)).json();
const kept = new Map();
const storage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
  removeItem: (key) => kept.delete(key),
};
let [fast, takesSeconds, prompts, refreshes] = [0, 0, 0, 0];
let client = await open();
let wallet = null;
let stopWatching = () => {};

function open() {
  const counting = (url, init) => {
    if (init.headers['x-amz-target']?.endsWith('.GetTokensFromRefreshToken')) refreshes += 1;
    return fetch(url, init);
  };
  return KINDS[kind](config, { origin, storage, fetch: counting, now: () => Date.now() + fast * 1000 });
}

/** The account of a private key; EIP-191. */
function account(key) {
  const secret = Buffer.from(key.slice(2), 'hex');
  const publicKey = secp256k1.getPublicKey(secret, false);
  const address = `0x${Buffer.from(keccak_256(publicKey.slice(1)).slice(-20)).toString('hex')}`;
  return {
    address,
    async signMessage(text) {
      const bytes = Buffer.from(text);
      const prefix = Buffer.from(`\x19Ethereum Signed Message:\n${bytes.length}`);
      const hash = keccak_256(Buffer.concat([prefix, bytes]));
      const [recovery, ...signature] = secp256k1.sign(hash, secret, { prehash: false, format: 'recovered' });
      fast += takesSeconds;
      return `0x${Buffer.from([...signature, 27 + recovery]).toString('hex')}`;
    },
  };
}

const view = (session) => session && { wallet: session.wallet, chain_id: session.chainId };

const commands = {
  async sign_in({ key, chain_id = null, signing_key = null, rejects = false, takes_seconds = 0 }) {
    takesSeconds = takes_seconds;
    stopWatching();
    wallet = createTestWallet({
      accounts: [account(key)],
      connected: true, // then every prompt is for a signature
      refuses: rejects,
      signsAs: signing_key && account(signing_key),
    });
    try {
      return view(await client.auth.signIn(wallet.provider, chain_id === null ? {} : { chainId: chain_id }));
    } finally {
      prompts += wallet.prompts;
      stopWatching = client.auth.watchWallet(wallet.provider);
    }
  },
  session: async () => view(await client.session()),
  async restore() {
    client.close();
    client = await open();
    return view(await client.session());
  },
  async refresh({ times }) {
    const before = refreshes;
    const sessions = await Promise.all(Array.from({ length: times }, () => client.refresh()));
    return { requests: refreshes - before, tokens: new Set(sessions.map(({ idToken }) => idToken)).size };
  },
  async switch_account({ key }) {
    wallet.selectAccount(account(key));
    return view(await client.session());
  },
  sign_out: ({ everywhere = false }) => client.signOut({ everywhere }),
  prompts: async () => prompts,
  async set_clock({ seconds }) {
    fast = seconds;
  },
  chains: async () => (await gallery(client.auth).chains()).map(({ chainId }) => chainId),
  contract_name: async ({ chain_id, contract }) =>
    (await gallery(client.auth).contract({ chainId: chain_id, contract })).contract.name,
  async contract_nfts({ chain_id, contract, most }) {
    const tokenIds = [];
    for await (const { tokenId } of gallery(client.auth).contractNfts({ chainId: chain_id, contract })) {
      if (tokenIds.push(tokenId) === most) break;
    }
    return tokenIds;
  },
  async my_nfts({ chain_id }) {
    const [tokens, distinct] = [[], new Set()];
    let pages = 0;
    for await (const { items } of client.ownedPages(chain_id)) {
      pages += 1;
      tokens.push(...items);
      for (const { contract, tokenId } of items) distinct.add(`${contract.address} ${tokenId}`);
    }
    return { count: tokens.length, distinct: distinct.size, pages };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, with: given } = JSON.parse(line);
  const answer = await commands[name](given).then(
    (gives) => ({ gives: gives ?? null }),
    (error) => {
      if (!(error instanceof WalletAuthError)) throw error;
      return { refuses: { code: error.code, retryable: error.retryable } };
    },
  );
  console.log(JSON.stringify(answer));
}
process.exit(0);
