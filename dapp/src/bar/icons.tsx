import { Outline } from '../components/icons.tsx';

/** Drawn here so that no icon is fetched. All are decoration: the text beside them speaks. */

interface IconProps {
  class?: string;
}

export function SearchIcon(props: IconProps) {
  return (
    <Outline viewBox="0 0 24 24" stroke-width="1.75" stroke-linecap="round" {...props}>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="M15 15l5 5" />
    </Outline>
  );
}

export function HomeIcon(props: IconProps) {
  return (
    <Outline viewBox="0 0 24 24" stroke-width="1.75" stroke-linejoin="round" {...props}>
      <path d="M4 11l8-6.500 8 6.500v8.500h-5.500v-5h-5v5H4z" />
    </Outline>
  );
}

export function MineIcon(props: IconProps) {
  return (
    <Outline viewBox="0 0 24 24" stroke-width="1.75" stroke-linejoin="round" {...props}>
      <rect x="4" y="4" width="7" height="7" rx="1.500" />
      <rect x="13" y="4" width="7" height="7" rx="1.500" />
      <rect x="4" y="13" width="7" height="7" rx="1.500" />
      <rect x="13" y="13" width="7" height="7" rx="1.500" />
    </Outline>
  );
}
