import type { Media, Picture } from '../nft/media.ts';

/** Ways to a token's picture on its own page: whole, else small, else through the API. */
export function wholePictures({ whole, card }: Media): readonly Picture[] {
  const all = [...whole, ...card];
  const direct = all.filter((way) => way.via === 'direct');
  const urls = [...new Set(direct.map(({ url }) => url))];
  const inline = (whole.length > 0 ? whole : card).filter((way) => way.via === 'inline');
  return [...urls.map((url) => ({ via: 'direct', url, needsTap: false }) as const), ...inline];
}
