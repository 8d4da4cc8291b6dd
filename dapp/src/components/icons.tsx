import type { SVGAttributes } from 'preact';

/** Drawn here so that no icon is fetched. All are decoration: the text beside them speaks. */

interface IconProps {
  class?: string;
}

/** The frame of an icon that is drawn by lines, in the colour of the text beside it. */
export function Outline(props: SVGAttributes<SVGSVGElement>) {
  return <svg fill="none" stroke="currentColor" aria-hidden="true" {...props} />;
}

export function Logo() {
  return (
    <svg viewBox="0 0 32 32" class="size-8" aria-hidden="true">
      <rect width="32" height="32" rx="8" class="fill-stone-900 dark:fill-stone-100" />
      <g class="fill-stone-50 stroke-stone-50 dark:fill-stone-900 dark:stroke-stone-900">
        <rect x="7" y="7" width="18" height="18" rx="2" fill-opacity="0" stroke-width="2" />
        <path stroke="none" d="M10 21l4.5-6 3.5 4.5 2-2.5 2.5 4z" />
      </g>
      <circle cx="19.5" cy="12.5" r="1.8" class="fill-amber-400 dark:fill-amber-600" />
    </svg>
  );
}

export function Spinner() {
  return (
    <svg viewBox="0 0 16 16" class="size-4 animate-spin" fill="none" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" stroke="currentColor" stroke-opacity="0.25" stroke-width="2" />
      <path d="M8 1.500a6.500 6.5 0 0 1 6.5 6.5" stroke="currentColor" stroke-width="2" />
    </svg>
  );
}

export function PictureIcon(props: IconProps) {
  return (
    <Outline viewBox="0 0 24 24" stroke-width="1.5" {...props}>
      <rect x="3.5" y="3.5" width="17" height="17" rx="2.5" />
      <path d="M4 17l5-5.5 4 4 2.5-2.5 4.5 4.5" />
      <circle cx="15.5" cy="8.5" r="1.5" />
    </Outline>
  );
}

export function PlayIcon(props: IconProps) {
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true" {...props}>
      <path d="M8.500 5.800v12.400a.8.8 0 0 0 1.2.7l9.800-6.200a.8.8 0 0 0 0-1.400L9.700 5.100a.8.8 0 0 0-1.2.7z" />
    </svg>
  );
}

export function CrossIcon(props: IconProps) {
  return (
    <Outline viewBox="0 0 16 16" stroke-width="1.75" stroke-linecap="round" {...props}>
      <path d="M4 4l8 8M12 4l-8 8" />
    </Outline>
  );
}

export function ChevronIcon(props: IconProps) {
  return (
    <Outline
      viewBox="0 0 16 16"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...props}
    >
      <path d="M4 6.500l4 4 4-4" />
    </Outline>
  );
}

export function WalletIcon(props: IconProps) {
  return (
    <Outline viewBox="0 0 24 24" stroke-width="1.5" {...props}>
      <path d="M4 7.500A2.500 2.5 0 0 1 6.5 5H17v3M4 7.500V17a2.500 2.5 0 0 0 2.5 2.500h12A1.500 1.5 0 0 0 20 18V9.500A1.500 1.5 0 0 0 18.5 8H5" />
      <circle cx="16" cy="13.75" r="1" fill="currentColor" />
    </Outline>
  );
}

export function CopyIcon(props: IconProps) {
  return (
    <Outline
      viewBox="0 0 16 16"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...props}
    >
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.500 3.500v-.2a.8.8 0 0 0-.8-.8H3.300a.8.8 0 0 0-.8.8v6.400a.8.8 0 0 0 .8.8h.2" />
    </Outline>
  );
}

export function CheckIcon(props: IconProps) {
  return (
    <Outline
      viewBox="0 0 16 16"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...props}
    >
      <path d="M3 8.500l3.200 3.200L13 4.800" />
    </Outline>
  );
}

export function LeavingIcon(props: IconProps) {
  return (
    <Outline
      viewBox="0 0 12 12"
      stroke-width="1.25"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...props}
    >
      <path d="M4 3h5v5M9 3L3 9" />
    </Outline>
  );
}

/** A magnifying glass with a plus, or with a minus. */
export function ZoomIcon({ isOut, ...props }: IconProps & { isOut: boolean }) {
  return (
    <Outline viewBox="0 0 20 20" stroke-width="1.5" stroke-linecap="round" {...props}>
      <circle cx="8.5" cy="8.5" r="5.5" />
      <path d={isOut ? 'M12.6 12.6l4.4 4.4M6 8.500h5' : 'M12.6 12.6l4.4 4.4M6 8.500h5M8.500 6v5'} />
    </Outline>
  );
}

export function PhoneIcon(props: IconProps) {
  return (
    <Outline viewBox="0 0 24 24" stroke-width="1.5" stroke-linejoin="round" {...props}>
      <rect x="6.5" y="2.5" width="11" height="19" rx="2.5" />
      <path d="M11 18.5h2" />
    </Outline>
  );
}
