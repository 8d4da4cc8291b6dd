import type { Nft } from 'nft-gallery-client';
import { ElsewhereLink } from '../components/ElsewhereLink.tsx';
import { explorerOf } from '../nft/explorers.ts';
import { marketLinks } from '../nft/marketplaces.ts';
import type { Media } from '../nft/media.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { useTokenTexts } from '../text/pages/token.ts';
import { Section } from './Section.tsx';
import { webLink } from './webLink.ts';

interface ElsewhereProps {
  token: TokenKey;
  nft: Nft;
  media: Media;
}

/** The token at other sites, and its files where they stand. Spam leads nowhere that it chose. */
export function Elsewhere({ token, nft, media }: ElsewhereProps) {
  const texts = useTokenTexts();
  const explorer = explorerOf(token.chainId);
  const site = media.spam ? null : webLink(nft.externalUrl);
  const links = [
    ...(explorer
      ? [{ name: texts.explorer, url: explorer.token(token), host: explorer.host }]
      : []),
    ...marketLinks(token),
    ...(site ? [{ name: texts.website, ...site }] : []),
    ...media.elsewhere.map(({ what, url, host }) => ({ name: texts.files[what], url, host })),
  ];
  if (links.length === 0) return null;
  return (
    <Section title={texts.elsewhere}>
      <ul class="grid gap-x-6 text-sm sm:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))]">
        {links.map(({ name, url, host }) => (
          <li key={name}>
            <ElsewhereLink url={url} host={host} class="py-1.5">
              {name}
            </ElsewhereLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
