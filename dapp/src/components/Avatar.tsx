import { avatarOf } from './avatarShapes.ts';

interface AvatarProps {
  /** An address, or a name where that is all that is known. */
  of: string;
  class?: string;
}

/**
 * Drawn from the address. An ENS avatar would be loaded from a host that its owner chooses, who
 * would learn that somebody looks. It is decoration: the name beside it speaks.
 */
export function Avatar({ of, class: size = 'size-8' }: AvatarProps) {
  const { ground, discs } = avatarOf(of);
  return (
    <svg viewBox="0 0 64 64" class={`shrink-0 rounded-full ${size}`} aria-hidden="true">
      <rect width="64" height="64" fill={ground} />
      {discs.map(({ x, y, radius, fill }) => (
        <circle key={radius} cx={x} cy={y} r={radius} fill={fill} fill-opacity="0.9" />
      ))}
    </svg>
  );
}
