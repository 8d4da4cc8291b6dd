import { useState } from 'react';
import type { Address } from '../ethereum/address.ts';
import { useGallery } from '../gallery.ts';
import type { Reading } from '../search/reading.ts';
import { readSearch } from '../search/readSearch.ts';
import { useCompareTexts } from '../text/pages/compare.ts';
import { RouteColumn } from './RouteColumn.tsx';
import { COLLECTION_ROUTE } from './rawRoutes.ts';
import type { OpenRawList } from './useRawLists.ts';

const INPUT_ID = 'raw-contract';
const PROBLEM_ID = 'raw-contract-problem';

/** The raw lookup of a collection, which guests may use. */
export function RawCollection({ open }: { open: OpenRawList }) {
  const { intend } = useGallery();
  const words = useCompareTexts();
  const [contract, setContract] = useState<Address | null>(null);
  const [isWrong, setWrong] = useState(false);

  function lookUp(text: string) {
    const found = contractIn(readSearch(text));
    setWrong(found === null);
    setContract(found);
  }

  return (
    <section aria-labelledby="raw-collection-title" class="mt-14">
      <h2 id="raw-collection-title" class="text-xl font-semibold tracking-tight">
        {words.collection}
      </h2>
      <form
        noValidate
        class="mt-4"
        onFocusCapture={intend}
        onSubmit={(event) => {
          event.preventDefault();
          lookUp(`${new FormData(event.currentTarget).get(INPUT_ID)}`);
        }}
      >
        <label for={INPUT_ID} class="text-sm font-medium">
          {words.contract}
        </label>
        <div class="mt-2 flex max-w-2xl flex-col gap-3 sm:flex-row">
          <input
            id={INPUT_ID}
            name={INPUT_ID}
            placeholder="0x…"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-invalid={isWrong}
            aria-describedby={PROBLEM_ID}
            class="min-h-11 w-full grow rounded-full border border-stone-300 bg-white px-5 font-mono text-sm aria-invalid:border-red-600 dark:border-stone-700 dark:bg-stone-900"
          />
          <button type="submit" class="button button-primary">
            {words.lookUp}
          </button>
        </div>
        <p id={PROBLEM_ID} role="alert" class="mt-2 min-h-5 text-sm text-red-700 dark:text-red-400">
          {isWrong && words.noContract}
        </p>
      </form>
      {contract && (
        <div class="mt-4 max-w-2xl">
          <RouteColumn
            key={contract}
            route={COLLECTION_ROUTE}
            list={open({ route: COLLECTION_ROUTE, contractAddress: contract })}
          />
        </div>
      )}
    </section>
  );
}

/** The raw route knows Ethereum only. */
function contractIn(reading: Reading): Address | null {
  if (reading.is === 'address')
    return reading.chainId === null || reading.chainId === 1 ? reading.address : null;
  if (reading.is !== 'page') return null;
  const { route } = reading;
  const isContract = route.page === 'collection' || route.page === 'token';
  return isContract && route.chainId === 1 ? route.contract : null;
}
