import { holderOf } from '../auth/sessionState.ts';
import { useGallery } from '../gallery.ts';
import { GridSkeleton } from '../grid/GridSkeleton.tsx';
import { Link } from '../routing/Link.tsx';
import { HOME, type RouteOptions } from '../routing/routes.ts';
import { Empty } from '../states/Empty.tsx';
import { useStore } from '../store.ts';
import { OwnerView } from './OwnerView.tsx';

interface OwnerPageProps {
  /** An address or a name; null is the wallet that is signed in. */
  owner: string | null;
  options: RouteOptions;
}

/** What an owner holds: `#/me` and `#/w/…` are one page. */
export function OwnerPage({ owner, options }: OwnerPageProps) {
  const { session } = useGallery();
  const state = useStore(session);
  if (owner !== null) return <OwnerView owner={owner} isMine={false} options={options} />;
  const mine = holderOf(state);
  if (mine !== null) return <OwnerView key={mine} owner={mine} isMine options={options} />;
  return state.status === 'restoring' ? <Restoring /> : <Guest />;
}

function Restoring() {
  return (
    <div class="mt-8">
      <GridSkeleton />
    </div>
  );
}

function Guest() {
  const { owner } = useGallery().texts;
  return (
    <Empty isPage title={owner.guest} text={owner.guestText}>
      <Link to={HOME} class="button button-quiet">
        {owner.lookAround}
      </Link>
    </Empty>
  );
}
