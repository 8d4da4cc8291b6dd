import { encode } from 'uqr';

interface QrCodeProps {
  text: string;
  /** What it is, for who cannot see it. */
  label: string;
}

/** Dark on light in both themes: not every camera reads it the other way round. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, data } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
      class="mx-auto w-full max-w-56 rounded-xl bg-white forced-color-adjust-none"
    >
      <path d={path} class="fill-stone-950" />
    </svg>
  );
}
