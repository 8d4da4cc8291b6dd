import { useEffect, useRef, useState } from 'react';
import { useSessionTexts } from '../text/pages/session.ts';

interface SureProps {
  ask: string;
  /** What is pressed the second time: it says what will happen. */
  confirm: string;
  onSure(): void;
}

/** Something that cannot be taken back: pressed once it asks, in the same place. */
export function Sure({ ask, confirm, onSure }: SureProps) {
  const words = useSessionTexts();
  const [isAsking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const before = useRef(isAsking);
  useEffect(() => {
    if (before.current !== isAsking) first.current?.focus(); // the button that had the focus is gone
    before.current = isAsking;
  }, [isAsking]);

  if (!isAsking)
    return (
      <button
        key="ask"
        ref={first}
        type="button"
        class="button button-quiet"
        onClick={() => setAsking(true)}
      >
        {ask}
      </button>
    );
  return (
    <div key="sure" class="flex flex-wrap gap-2">
      <button
        ref={first}
        type="button"
        class="button button-quiet"
        onClick={() => setAsking(false)}
      >
        {words.cancel}
      </button>
      <button
        type="button"
        class="button bg-red-800 text-white hover:enabled:bg-red-700"
        onClick={() => {
          setAsking(false);
          onSure();
        }}
      >
        {confirm}
      </button>
    </div>
  );
}
