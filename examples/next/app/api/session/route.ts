import { WalletAuthError } from 'nft-gallery-client';
import { ORIGIN } from '../../config';
import { clearWallet, setWallet } from '../../session';

/** A page elsewhere can neither sign a visitor in nor out: browsers name the page's origin. */
const isOwn = (request: Request) => request.headers.get('origin') === ORIGIN;
const respond = (status: number) => new Response(null, { status });

export async function POST(request: Request): Promise<Response> {
  if (!isOwn(request)) return respond(403);
  const body = await request.json().catch(() => null);
  try {
    await setWallet(body?.idToken);
    return respond(204);
  } catch (error) {
    if (!(error instanceof WalletAuthError)) throw error;
    return respond(error.retryable ? 503 : 401);
  }
}

export async function DELETE(request: Request): Promise<Response> {
  if (!isOwn(request)) return respond(403);
  await clearWallet();
  return respond(204);
}
