// @smithy/signature-v4 with its defaults, the signer of AWS SDK 3, as a page has it: signs one lookup as a guest, asks first
// what a browser would ask first. argv: config.json's URL, ORIGIN.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [configUrl, origin] = process.argv.slice(2);
const client = createRequire(new URL('../../clients/js/package.json', import.meta.url));
const amplify = createRequire(client.resolve('aws-amplify')); // brings both packages
const load = (name) => import(pathToFileURL(amplify.resolve(name)).href);
const { SignatureV4 } = await load('@smithy/signature-v4');
const { Sha256 } = await load('@aws-crypto/sha256-js');

const config = await (await fetch(configUrl)).json();
const ask = async (operation, body) => {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSCognitoIdentityService.${operation}` };
  return (await fetch(`${config.identityPoolEndpoint}/`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
};
const { IdentityId } = await ask('GetId', { IdentityPoolId: config.identityPoolId });
const { Credentials: given } = await ask('GetCredentialsForIdentity', { IdentityId });
const credentials = { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretKey, sessionToken: given.SessionToken };

const url = new URL(`${config.apiEndpoint}/getNFTsCollectionAlchemy?contractAddress=0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D`);
const signer = new SignatureV4({ service: 'execute-api', region: config.region, credentials, sha256: Sha256 });
const { headers } = await signer.sign({
  method: 'GET', protocol: url.protocol, hostname: url.hostname, port: Number(url.port), path: url.pathname,
  query: Object.fromEntries(url.searchParams), headers: { host: url.host },
});
delete headers.host; // a page cannot set it; the browser does

// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names: none of these is safelisted
const asked = Object.keys(headers).map((name) => name.toLowerCase()).sort();
const preflight = await fetch(url, {
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': asked.join(',') },
});
const allowed = (preflight.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(',').map((name) => name.trim());
const answer = await fetch(url, { headers: { ...headers, origin } });
console.log(JSON.stringify({
  asked,
  missing: asked.filter((name) => !allowed.includes(name)),
  origin: [preflight, answer].map((response) => response.headers.get('access-control-allow-origin')),
  status: answer.status,
}));
