import { useEffect, useState } from 'react';
import type { Address } from '../ethereum/address.ts';
import { type Gallery, useGallery } from '../gallery.ts';
import { answerOf, QueryFailedError } from '../queries/answerOf.ts';
import type { Query } from '../queries/cache.ts';
import { type AddressQuestions, decideAddress } from './decideAddress.ts';
import { visit } from './lookUp.ts';

/** Leads on to the page of the address, once it is known which. Says meanwhile how it goes. */
export function useDecision(address: Address, chainId: number | null): 'asking' | 'failed' {
  const gallery = useGallery();
  const [state, setState] = useState<'asking' | 'failed'>('asking');
  useEffect(() => {
    const abort = new AbortController();
    const firstChainId = gallery.chainChoice.get()?.chainId ?? 1;
    setState('asking');
    decideAddress(address, { chainId, firstChainId }, questions(gallery, abort.signal)).then(
      (route) => abort.signal.aborted || visit(route, gallery, { replace: true }),
      () => abort.signal.aborted || setState('failed'),
    );
    return () => abort.abort();
  }, [address, chainId, gallery]);
  return state;
}

function questions({ queries }: Gallery, signal: AbortSignal): AddressQuestions {
  return {
    isCollection: async (chainId, address) => {
      const details = await orNull(queries.contract({ chainId, contract: address }), signal);
      return details !== null && details.contract.tokenType !== 'UNKNOWN';
    },
    hasName: async (address) => (await answerOf(queries.nameOf(address), signal)) !== null,
    mainChains: async () =>
      (await answerOf(queries.chains(), signal))
        .filter(({ testnet }) => !testnet)
        .map(({ chainId }) => chainId),
  };
}

async function orNull<Value>(query: Query<Value>, signal: AbortSignal): Promise<Value | null> {
  return answerOf(query, signal).catch((error: unknown) => {
    if (error instanceof QueryFailedError && error.failure.code === 'not_found') return null;
    throw error;
  });
}
