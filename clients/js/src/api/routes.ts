import { ROUTES } from '../generated.ts';
import type { Authorization } from '../types.ts';

const TABLE = Object.entries(ROUTES).map(
  ([path, authorization]) =>
    [new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), authorization] as const,
);

/** How a GET of this path is authorized; null where the API has no such route. */
export function authorizationOf(path: string): Authorization | null {
  return TABLE.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
