import { toHex } from '../hex.ts';
import type { AwsCredentials } from '../types.ts';

export interface ToSign {
  method: string;
  url: URL;
  body: string;
  region: string;
  service: string;
  credentials: Pick<AwsCredentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>;
  /** Milliseconds since 1970, by AWS's clock. */
  now: number;
}

const encoder = new TextEncoder();

/**
 * The URL in the one form that AWS signs: `'()*!` are encoded, the query is sorted. A request that
 * is sent in another form is refused, or would be by the next proxy.
 */
export function canonicalUrl(url: URL): URL {
  const canonical = new URL(url);
  canonical.pathname = url.pathname.replace(/[!'()*]/g, escapeCharacter);
  canonical.search = [...url.searchParams]
    .map((pair) => pair.map(encode).join(' ')) // below all that is left: sorts by name, then value
    .sort()
    .map((pair) => pair.replace(' ', '='))
    .join('&');
  canonical.hash = '';
  return canonical;
}

/**
 * The headers that sign a request to a URL of `canonicalUrl`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function signedHeaders(request: ToSign): Promise<Record<string, string>> {
  const { method, url, credentials, region, service } = request;
  const time = new Date(request.now).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const headers = {
    host: url.host,
    'x-amz-date': time,
    'x-amz-security-token': credentials.sessionToken,
  };
  const names = Object.keys(headers).join(';');
  const canonical = [
    method,
    url.pathname.split('/').map(encode).join('/'), // AWS encodes the encoded path once more
    url.search.slice(1),
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    '',
    names,
    await sha256(request.body),
  ].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), await sha256(canonical)].join('\n');
  let key: Uint8Array<ArrayBuffer> = encoder.encode(`AWS4${credentials.secretAccessKey}`);
  for (const part of [...scope, text]) key = await hmac(key, part);
  const credential = `${credentials.accessKeyId}/${scope.join('/')}`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${toHex(key)}`,
    'x-amz-date': time,
    'x-amz-security-token': credentials.sessionToken,
  };
}

async function sha256(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))));
}

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)));
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
