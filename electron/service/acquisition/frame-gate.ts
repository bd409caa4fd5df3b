import type { DiscardReason } from '../../../shared/clinical/line-account.ts';
import type { LinkTally } from '../serial/link-protocol.ts';

/** Stands between a decoder and the link while a freshly opened port has not yet shown what is on it. */
export interface FrameGate {
  /** Enough frames came that they cannot be chance: from now on everything passes. */
  readonly proven: boolean;
  frame(bytes: number, tally: LinkTally): void;
  /** True where what was held has to be forgotten: it was chance among bytes that are none of this monitor's. */
  discarded(bytes: number, reason: DiscardReason, tally: LinkTally): boolean;
  end(tally: LinkTally): void;
}

/** If more bytes than this lie outside frames, and more than half as many as inside, the frames are taken for chance. */
const strayBytesMax = 16;

/**
 * After a replug another device may be on the cable, and a protocol without a checksum finds frames in its bytes.
 * Frames are held back until there are enough in a row. If there are not, the held bytes count as discarded.
 */
export function createFrameGate(framesToTrust: number): FrameGate {
  let held: number[] = [];
  let strayBytes = 0;
  let proven = framesToTrust <= 1;

  function forget(tally: LinkTally): void {
    const bytes = held.reduce((sum, one) => sum + one, 0);
    if (bytes > 0) tally.discarded(bytes, 'unproven');
    held = [];
    strayBytes = 0;
  }

  return {
    get proven() {
      return proven;
    },
    frame(bytes, tally) {
      if (proven) return tally.frame(bytes);
      held.push(bytes);
      if (held.length < framesToTrust) return;
      proven = true;
      for (const one of held.splice(0)) tally.frame(one);
    },
    discarded(bytes, reason, tally) {
      tally.discarded(bytes, reason);
      if (proven || held.length === 0) return false;
      strayBytes += bytes;
      const heldBytes = held.reduce((sum, one) => sum + one, 0);
      if (strayBytes <= strayBytesMax && strayBytes * 2 <= heldBytes) return false;
      forget(tally);
      return true;
    },
    end: forget,
  };
}
