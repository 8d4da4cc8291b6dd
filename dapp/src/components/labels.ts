import type { Integration, NftQuery, Provider } from '../nft/api.ts';

export const PROVIDER_NAMES: Record<Provider, string> = { alchemy: 'Alchemy', moralis: 'Moralis' };
export const INTEGRATION_NAMES: Record<Integration, string> = { http: 'HTTP', lambda: 'Lambda' };

/** "From Alchemy · HTTP integration" */
export function sourceLabel(query: NftQuery): string {
  const { provider, integration } =
    query.kind === 'own' ? query : ({ provider: 'alchemy', integration: 'http' } as const);
  return `From ${PROVIDER_NAMES[provider]} · ${INTEGRATION_NAMES[integration]} integration`;
}
