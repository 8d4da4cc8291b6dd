// Amplify's core and the client live here, so that they are cut into one chunk, loaded on first intent.
import { Amplify, Hub } from '@aws-amplify/core';
import { gallery, type KeyValueStorage, toApiError } from 'nft-gallery-client';
import { createAmplifyCoreWalletAuth } from 'nft-gallery-client/amplify-core';
import type { Config } from '../config.ts';
import type { Cloud } from './cloud.ts';

export function connectCloud(config: Config, storage: KeyValueStorage): Cloud {
  const auth = createAmplifyCoreWalletAuth({ Amplify, Hub }, config, { storage });
  return {
    ...auth,
    nfts: gallery(auth),
    async get(route, query, signal) {
      const response = await auth.fetch(`${route}?${new URLSearchParams(query)}`, { signal });
      if (!response.ok) throw await toApiError(response);
      return response.text();
    },
  };
}
