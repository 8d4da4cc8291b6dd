import { Component, type ReactNode, useRef } from 'react';
import { useGallery } from '../gallery.ts';
import { Banner, BannerButton } from './Banner.tsx';

interface BrokenPartProps {
  text: string;
  onRetry(): void;
}

/** A part of the page that did not come, or that broke. The others go on. */
export function BrokenPart({ text, onRetry }: BrokenPartProps) {
  const { states } = useGallery().texts;
  const heir = useRef<HTMLDivElement>(null);
  return (
    <div ref={heir} role="alert" tabIndex={-1} class="my-6 focus:outline-none">
      <Banner
        tone="error"
        heir={heir}
        action={<BannerButton onClick={onRetry}>{states.retry}</BannerButton>}
      >
        <p class="font-medium">{text}</p>
      </Banner>
    </div>
  );
}

interface ContainProps {
  children: ReactNode;
  /** Beside what is said of a page that broke: its heading is gone with it. */
  title?: ReactNode;
}

/** Nothing that breaks in it takes the page along. */
export class Contain extends Component<ContainProps, { isBroken: boolean }> {
  override state = { isBroken: false };

  static override getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <>
        {this.props.title}
        <Broken onRetry={() => this.setState({ isBroken: false })} />
      </>
    );
  }
}

function Broken({ onRetry }: Pick<BrokenPartProps, 'onRetry'>) {
  const { states } = useGallery().texts;
  return <BrokenPart text={states.brokenPart} onRetry={onRetry} />;
}
