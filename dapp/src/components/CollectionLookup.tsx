import { useState } from 'react';
import type { Gallery } from '../gallery.ts';
import { readContractAddress } from '../nft/contractAddress.ts';
import type { NftList } from '../nft/nftList.ts';
import { NftResults } from './NftResults.tsx';

const EXAMPLES = [
  ['Bored Ape Yacht Club', '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D'],
  ['Pudgy Penguins', '0xBd3531dA5CF5857e7CfAA92426877b022e612cf8'],
  ['CryptoKitties', '0x06012c8cf97BEaD5deAe237070F9587f8E7A266d'],
] as const;

interface Lists {
  collection: NftList;
}

/** Any collection, for anyone. */
export function CollectionLookup({ gallery }: { gallery: Gallery & Lists }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  function lookUp(input: string) {
    setText(input);
    const { contractAddress, problem } = readContractAddress(input);
    setProblem(problem);
    if (contractAddress) void gallery.collection.load({ kind: 'collection', contractAddress });
  }

  return (
    <section aria-labelledby="explore-title">
      <div class="panel p-5 sm:p-8">
        <h2 id="explore-title" class="text-xl font-semibold tracking-tight">
          Explore a collection
        </h2>
        <form
          noValidate
          class="mt-5"
          onFocusCapture={gallery.intend}
          onPointerEnter={gallery.intend}
          onSubmit={(event) => {
            event.preventDefault();
            lookUp(text);
          }}
        >
          <label for="contract-address" class="text-sm font-medium">
            NFT contract address
          </label>
          <div class="mt-2 flex flex-col gap-3 sm:flex-row">
            <AddressInput value={text} problem={problem} onInput={setText} />
            <button type="submit" class="button button-primary min-h-12 sm:px-7">
              Look up
            </button>
          </div>
          <p
            id="contract-address-problem"
            role="alert"
            class="mt-2 min-h-5 text-sm text-red-700 dark:text-red-400"
          >
            {problem}
          </p>
          <Examples onPick={lookUp} />
        </form>
      </div>
      <NftResults list={gallery.collection} />
    </section>
  );
}

interface AddressInputProps {
  value: string;
  problem: string | null;
  onInput(text: string): void;
}

function AddressInput({ value, problem, onInput }: AddressInputProps) {
  return (
    <input
      id="contract-address"
      name="contract-address"
      class="min-h-12 w-full grow rounded-full border border-stone-300 bg-stone-50 px-5 font-mono text-sm placeholder:text-stone-500 aria-invalid:border-red-600 dark:border-stone-700 dark:bg-stone-950 dark:placeholder:text-stone-500"
      placeholder="0x…"
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      value={value}
      aria-invalid={problem !== null}
      aria-describedby="contract-address-problem"
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}

function Examples({ onPick }: { onPick(address: string): void }) {
  return (
    <div class="mt-3 flex flex-wrap items-center gap-2">
      <span class="muted text-sm">Try</span>
      {EXAMPLES.map(([name, address]) => (
        <button
          key={address}
          type="button"
          class="min-h-9 rounded-full bg-stone-100 px-4 text-sm transition-colors hover:bg-stone-200 dark:bg-stone-800 dark:hover:bg-stone-700"
          title={address}
          onClick={() => onPick(address)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
