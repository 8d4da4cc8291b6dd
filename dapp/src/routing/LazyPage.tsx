import { type ComponentType, useEffect, useState } from 'react';
import { useGallery } from '../gallery.ts';
import { BrokenPart, Contain } from '../states/BrokenPart.tsx';

interface LazyPageProps<Props> {
  /** Imports the page's own chunk; a failure may be tried again. */
  load(): Promise<ComponentType<Props>>;
  props: Props;
  /** Of a whole page, until it has its own. */
  heading?: string;
}

/** A page whose script comes when it is first opened. */
export function LazyPage<Props extends object>({ load, props, heading }: LazyPageProps<Props>) {
  const { texts } = useGallery();
  const [page, setPage] = useState<{ Page: ComponentType<Props> } | 'loading' | 'failed'>(
    'loading',
  );

  useEffect(() => {
    let isCurrent = true;
    if (page !== 'loading') return;
    load().then(
      (Page) => isCurrent && setPage({ Page }),
      () => isCurrent && setPage('failed'),
    );
    return () => {
      isCurrent = false;
    };
  }, [page, load]);

  const title = heading && <h1 class="sr-only">{heading}</h1>;
  if (page === 'loading')
    return (
      <>
        {title}
        <p class="sr-only">{texts.pages.loading}</p>
      </>
    );
  if (page === 'failed')
    return (
      <>
        {title}
        <BrokenPart text={texts.pages.failed} onRetry={() => setPage('loading')} />
      </>
    );
  return (
    <Contain title={title}>
      <page.Page {...props} />
    </Contain>
  );
}
