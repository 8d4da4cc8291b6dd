import { expect, test } from 'vitest';
import { loadConfig, parseConfig } from './config.ts';

const LOCAL = {
  region: 'us-east-1',
  userPoolId: 'us-east-1_local',
  userPoolClientId: 'client',
  identityPoolId: 'us-east-1:pool',
  apiEndpoint: 'http://localhost:3001/prod/',
  userPoolEndpoint: 'http://localhost:3001/cognito-idp',
  identityPoolEndpoint: 'http://localhost:3001/cognito-identity',
};

test('reads the configuration of the local stack', () => {
  expect(parseConfig(JSON.stringify(LOCAL))).toEqual({
    ...LOCAL,
    apiEndpoint: 'http://localhost:3001/prod',
    sessionDays: null,
    walletConnectProjectId: null,
    publicUrl: null,
  });
});

test('knows how long a session lives, and whether there is WalletConnect, where it says so', () => {
  const more = { sessionDays: 7, walletConnectProjectId: '0123456789abcdef0123456789abcdef' };
  expect(parseConfig(JSON.stringify({ ...LOCAL, ...more }))).toMatchObject(more);
  expect(parseConfig(JSON.stringify({ ...LOCAL, sessionDays: -1 })).sessionDays).toBeNull();
});

test('reads where look-ups are public, and takes no such place without TLS', () => {
  const at = (publicUrl: string) => parseConfig(JSON.stringify({ ...LOCAL, publicUrl })).publicUrl;
  expect(at('https://site.example/api/public/')).toBe('https://site.example/api/public');
  expect(() => at('http://site.example/api/public')).toThrow('publicUrl');
});

test('does without the endpoints only the local stack has', () => {
  const { userPoolEndpoint, identityPoolEndpoint, ...deployed } = LOCAL;
  const config = parseConfig(
    JSON.stringify({
      ...deployed,
      apiEndpoint: 'https://abc.execute-api.us-east-1.amazonaws.com/prod',
    }),
  );
  expect(config.userPoolEndpoint).toBeNull();
  expect(config.identityPoolEndpoint).toBeNull();
});

test.each(['region', 'userPoolId', 'userPoolClientId', 'identityPoolId', 'apiEndpoint'])(
  'names the missing key %s',
  (key) => {
    expect(() => parseConfig(JSON.stringify({ ...LOCAL, [key]: undefined }))).toThrow(
      `config.json lacks ${key}`,
    );
    expect(() => parseConfig(JSON.stringify({ ...LOCAL, [key]: ' ' }))).toThrow(key);
  },
);

test.each(['http://gallery.example/prod', 'javascript:alert(1)', '/prod', '//x'])(
  'refuses %s as an endpoint',
  (apiEndpoint) => {
    expect(() => parseConfig(JSON.stringify({ ...LOCAL, apiEndpoint }))).toThrow('apiEndpoint');
  },
);

test.each(['', '<!doctype html>', '[]', 'null'])('refuses %j as a file', (text) => {
  expect(() => parseConfig(text)).toThrow('not a JSON object');
});

test('says that the file cannot be read', async () => {
  const offline = () => Promise.reject(new TypeError('Failed to fetch'));
  await expect(loadConfig(offline)).rejects.toThrow('config.json cannot be read');
});
