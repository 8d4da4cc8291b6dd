/** Numbers and dates as a language writes them: https://tc39.es/ecma402/ */
export interface Numbers {
  /** All digits: `1,234`. Decimal text may have 78 of them. */
  count(value: number | string): string;
  /** Short enough for a badge: `1.2K`, from 10¹⁵ on `1.2E77`. */
  compact(value: number | string): string;
  /** A decimal as it is, not rounded: `11.4`. */
  decimal(value: number | string): string;
  /** Of 100: `12.5 %`. */
  percent(value: number): string;
  /** Decimal bytes: `1.2 MB`. */
  bytes(value: number): string;
  /** `Nov 30, 2026`; null for what is no time. Milliseconds since 1970, or ISO 8601. */
  date(time: number | string): string | null;
  /** `Nov 30, 2026, 6:26 PM` */
  dateTime(time: number | string): string | null;
  /** `12 seconds ago`, from milliseconds. */
  ago(milliseconds: number): string;
  /** `in 6 days`, from milliseconds. */
  ahead(milliseconds: number): string;
}

const COMPACT_ENDS = 10n ** 15n;
const INTEGER = /^\d+$/;
const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** `timeZone`: the browser's own where there is none. */
export function createNumbers(locale: string, timeZone?: string): Numbers {
  const make = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const whole = lazily(() => make({ maximumFractionDigits: 0 }));
  const short = lazily(() => make({ notation: 'compact', maximumFractionDigits: 1 }));
  const scientific = lazily(() => make({ notation: 'scientific', maximumFractionDigits: 1 }));
  const exact = lazily(() => make({ maximumFractionDigits: 20 }));
  const percent = lazily(() => make({ style: 'percent', maximumFractionDigits: 2 }));
  const ofTime = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, {
      ...{ dateStyle: 'medium', ...options },
      ...(timeZone === undefined ? {} : { timeZone }),
    });
  const date = lazily(() => ofTime({}));
  const dateTime = lazily(() => ofTime({ timeStyle: 'short' }));
  const since = lazily(() => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));

  const relative = (milliseconds: number, sign: 1 | -1) => {
    const [size, unit] = unitOf(milliseconds);
    return since().format(sign * Math.floor(milliseconds / size), unit);
  };

  return {
    count: (value) => orAsItIs(value, INTEGER, (text) => whole().format(BigInt(text))),
    compact: (value) =>
      orAsItIs(value, INTEGER, (text) => {
        const number = BigInt(text);
        return (number < COMPACT_ENDS ? short : scientific)().format(number);
      }),
    decimal: (value) => orAsItIs(value, DECIMAL, (text) => exact().format(text as `${number}`)),
    percent: (value) => percent().format(value / 100),
    bytes: (value) => inUnits(value, make),
    date: (time) => orNull(time, date),
    dateTime: (time) => orNull(time, dateTime),
    ago: (milliseconds) => relative(milliseconds, -1),
    ahead: (milliseconds) => relative(Math.max(0, milliseconds), 1),
  };
}

/** Making all formatters would be half of the first page's script on a phone. */
function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The first of the browser's that is of the text's language, since the two stand side by side. */
export function localeFor(language: string, browser: readonly string[]): string {
  const isSame = (tag: string) => tag.split('-')[0]?.toLowerCase() === language;
  return browser.find((tag) => isSame(tag) && isTag(tag)) ?? language;
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function orAsItIs(value: number | string, form: RegExp, format: (text: string) => string): string {
  const text = `${value}`;
  return form.test(text) ? format(text) : text;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function inUnits(
  bytes: number,
  make: (options: Intl.NumberFormatOptions) => Intl.NumberFormat,
): string {
  const power = Math.floor(Math.log10(Math.max(bytes, 1)) / 3);
  const at = Math.min(power, BYTE_UNITS.length - 1);
  const unit = BYTE_UNITS[at] ?? 'byte';
  const format = make({
    style: 'unit',
    unit,
    unitDisplay: at ? 'short' : 'long',
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1000 ** at);
}

function orNull(time: number | string, format: () => Intl.DateTimeFormat): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : format().format(date);
}

const UNITS: readonly [number, Intl.RelativeTimeFormatUnit][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

function unitOf(milliseconds: number): [number, Intl.RelativeTimeFormatUnit] {
  return UNITS.find(([size]) => milliseconds >= size) ?? [1000, 'second'];
}
