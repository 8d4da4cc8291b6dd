import { asCount, asRecord, asText, type JsonRecord, parseJson } from './json.ts';

/** What `config.json` beside index.html holds; written by the deployment or the local stack. */
export interface Config {
  region: string;
  userPoolId: string;
  userPoolClientId: string;
  identityPoolId: string;
  /** Without a trailing slash, with the stage: `https://…amazonaws.com/prod`. */
  apiEndpoint: string;
  /** Where look-ups are answered unsigned and from a cache, if the stack has `PublicLookups`. */
  publicUrl: string | null;
  /** Only on the local stack. */
  userPoolEndpoint: string | null;
  identityPoolEndpoint: string | null;
  /** How long a session lives after the signature; null where the stack does not say. */
  sessionDays: number | null;
  /** WalletConnect is offered with one only: https://dashboard.reown.com */
  walletConnectProjectId: string | null;
}

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Relative, so that the same build runs under any path (CloudFront root, /ipfs/<cid>/). */
export async function loadConfig(fetchText: () => Promise<string>): Promise<Config> {
  let text: string;
  try {
    text = await fetchText();
  } catch {
    throw new ConfigError('config.json cannot be read');
  }
  return parseConfig(text);
}

/** @throws ConfigError naming the key that is missing or wrong */
export function parseConfig(text: string): Config {
  const raw = asRecord(parseJson(text));
  if (!raw) throw new ConfigError('config.json is not a JSON object');
  return {
    region: required(raw, 'region'),
    userPoolId: required(raw, 'userPoolId'),
    userPoolClientId: required(raw, 'userPoolClientId'),
    identityPoolId: required(raw, 'identityPoolId'),
    apiEndpoint: endpoint('apiEndpoint', required(raw, 'apiEndpoint')),
    publicUrl: optionalEndpoint(raw, 'publicUrl'),
    userPoolEndpoint: optionalEndpoint(raw, 'userPoolEndpoint'),
    identityPoolEndpoint: optionalEndpoint(raw, 'identityPoolEndpoint'),
    sessionDays: asCount(raw.sessionDays),
    walletConnectProjectId: asText(raw.walletConnectProjectId),
  };
}

function required(raw: JsonRecord, key: string): string {
  const value = asText(raw[key]);
  if (value === null) throw new ConfigError(`config.json lacks ${key}`);
  return value;
}

function optionalEndpoint(raw: JsonRecord, key: string): string | null {
  const value = raw[key];
  if (value === undefined || value === null) return null;
  return endpoint(key, required(raw, key));
}

function endpoint(key: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (url?.protocol !== 'https:' && !(isLocal && url?.protocol === 'http:'))
    throw new ConfigError(`config.json has no https address in ${key}`);
  return value.replace(/\/+$/, '');
}
