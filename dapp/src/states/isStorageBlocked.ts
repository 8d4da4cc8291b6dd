const PROBE_KEY = 'nft-gallery.probe';

/** Whether nothing outlasts the page: a person may block storage, or it may be full. */
export function isStorageBlocked(open: () => Storage): boolean {
  try {
    const storage = open();
    storage.setItem(PROBE_KEY, '');
    storage.removeItem(PROBE_KEY);
    return false;
  } catch {
    return true;
  }
}
