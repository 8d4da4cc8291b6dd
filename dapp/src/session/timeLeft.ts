const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `in 6 days`: the largest unit that the time fills, rounded down, in milliseconds. */
export function timeLeft(milliseconds: number, locale?: string): string {
  const [unit, length] = UNITS.find(([, of]) => milliseconds >= of) ?? ['minute', 60_000];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  return format.format(Math.max(0, Math.floor(milliseconds / length)), unit);
}
