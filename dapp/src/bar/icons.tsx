/** Drawn here so that no icon is fetched. All are decoration: the text beside them speaks. */

interface IconProps {
  class?: string;
}

export function SearchIcon(props: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      aria-hidden="true"
      {...props}
    >
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="M15 15l5 5" />
    </svg>
  );
}

export function HomeIcon(props: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linejoin="round"
      aria-hidden="true"
      {...props}
    >
      <path d="M4 11l8-6.500 8 6.500v8.500h-5.500v-5h-5v5H4z" />
    </svg>
  );
}

export function MineIcon(props: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linejoin="round"
      aria-hidden="true"
      {...props}
    >
      <rect x="4" y="4" width="7" height="7" rx="1.500" />
      <rect x="13" y="4" width="7" height="7" rx="1.500" />
      <rect x="4" y="13" width="7" height="7" rx="1.500" />
      <rect x="13" y="13" width="7" height="7" rx="1.500" />
    </svg>
  );
}
