import { useRef, useState } from 'react';
import { wordsOfFailure } from '../../connection/failure.ts';
import { useEveryKey } from '../../components/keys/key-layer.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { badgeText as words } from '../../text/badge.ts';
import { afterKey } from './scanned-badge.ts';

interface BadgeReader {
  /** Of the badge that was read last; empty before the first. */
  readonly said: string;
  /** Counts them: what the pad holds by then was no PIN. */
  readonly scans: number;
  /** A badge that the service knew for one where it was sent as a PIN. */
  readonly take: (personId: string) => void;
  readonly forget: () => void;
}

/** A badge that is read while this sheet is open, wherever the focus is. `onRead`: chooses whose it is, and says so. */
export function useBadge(isPinAsked: boolean, onRead: (personId: string) => string): BadgeReader {
  const { client } = useRoom();
  const typed = useRef('');
  const [said, setSaid] = useState('');
  const [scans, setScans] = useState(0);
  const take = (personId: string): void => setSaid(onRead(personId));
  useEveryKey((event) => {
    const { typed: next, badge } = afterKey(typed.current, event, isPinAsked);
    typed.current = next;
    if (badge === null) return;
    // The Enter of a reader presses nothing and ends no PIN.
    event.preventDefault();
    event.stopPropagation();
    setScans((count) => count + 1);
    setSaid(words.reading);
    client.staff.readBadge({ code: badge }).then(
      ({ personId }) => take(personId),
      (error: unknown) => setSaid(wordsOfFailure(error)),
    );
  });
  return { said, scans, take, forget: () => setSaid('') };
}
