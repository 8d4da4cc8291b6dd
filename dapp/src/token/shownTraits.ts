import type { Nft } from 'nft-gallery-client';
import { displayText } from '../displayText.ts';
import type { Numbers } from '../text/numbers.ts';

export interface ShownTrait {
  /** null: a property without a name. */
  name: string | null;
  value: string;
}

type Trait = Nft['attributes'][number];
const LIMIT = 200;

/** As https://docs.opensea.io/docs/metadata-standards#attributes says them; at most 200. */
export function shownTraits(
  attributes: readonly Trait[],
  numbers: Numbers,
  of: (value: string, most: string) => string,
): ShownTrait[] {
  return attributes.slice(0, LIMIT).flatMap((trait) => {
    const value = shownValue(trait, numbers, of);
    return value === null ? [] : [{ name: displayText(trait.trait_type, 60), value }];
  });
}

function shownValue(
  { value, display_type, max_value }: Trait,
  numbers: Numbers,
  of: (value: string, most: string) => string,
): string | null {
  if (typeof value === 'boolean') return `${value}`;
  if (typeof value === 'string' && display_type === null) return displayText(value, 160);
  const number = typeof value === 'number' ? value : Number(value);
  if (!Number.isFinite(number)) return displayText(`${value}`, 160);
  if (display_type === 'date') return numbers.date(number * 1000) ?? numbers.decimal(value);
  if (display_type === 'boost_percentage') return signed(number, numbers.percent(number));
  if (display_type === 'boost_number') return signed(number, numbers.decimal(value));
  const shown = numbers.decimal(value);
  return max_value === null ? shown : of(shown, numbers.decimal(max_value));
}

function signed(number: number, text: string): string {
  return number > 0 ? `+${text}` : text;
}
