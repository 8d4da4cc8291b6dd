/** The greeting, and three pictures drawn here so that none is fetched. */
export function Hero() {
  return (
    <div class="flex items-end justify-between gap-8 pt-12 pb-10 sm:pt-20 sm:pb-14">
      <div class="max-w-2xl">
        <h1 class="text-4xl font-semibold tracking-tight text-balance sm:text-5xl">
          Every collection, and your own.
        </h1>
        <p class="muted mt-4 text-lg text-pretty">
          Look at any NFT collection on Ethereum. Sign in with your wallet, without a password, to
          see what you hold.
        </p>
      </div>
      <Wall />
    </div>
  );
}

function Wall() {
  return (
    <svg viewBox="0 0 300 150" class="hidden w-80 shrink-0 lg:block" aria-hidden="true">
      <g class="fill-white stroke-stone-300 dark:fill-stone-900 dark:stroke-stone-700">
        <rect x="1" y="30" width="84" height="112" rx="4" />
        <rect x="103" y="4" width="84" height="84" rx="4" />
        <rect x="205" y="42" width="94" height="100" rx="4" />
      </g>
      <rect x="10" y="39" width="66" height="94" class="fill-amber-200 dark:fill-amber-300/80" />
      <circle cx="50" cy="72" r="17" class="fill-red-500" />
      <path d="M10 133V112q33-26 66-4v25z" class="fill-stone-800" />
      <rect x="112" y="13" width="66" height="66" class="fill-sky-900" />
      <path d="M112 79l24-40 20 26 9-11 13 25z" class="fill-sky-300" />
      <circle cx="163" cy="29" r="6" class="fill-amber-200" />
      <rect x="214" y="51" width="76" height="82" class="fill-emerald-100 dark:fill-emerald-200" />
      <path d="M214 51h38v41h-38z" class="fill-emerald-700" />
      <circle cx="252" cy="92" r="22" class="fill-stone-900" />
      <path d="M252 92h38v41h-38z" class="fill-amber-400" fill-opacity="0.85" />
    </svg>
  );
}
