import type { DiscardReason } from '../../../shared/clinical/line-account.ts';
import type { PortSettings } from '../platform/byte-ports.ts';

/**
 * What a link has to know of a protocol: its line settings, its quiet time and how to count its frames. What the
 * frames mean is not its business; the driver behind this keeps that for the layer above.
 */
export interface LinkProtocol {
  readonly quietMs: number;
  /** In probe order. */
  readonly portProfiles: readonly [PortSettings, ...PortSettings[]];
  /** A source of unknown rhythm may be slower than `quietMs`: it is learned, up to this. Milliseconds; left out: `quietMs` holds. */
  readonly slowestQuietMs?: number;
  /** Asks the monitor for its values: then, and only then, `request` is called. */
  readonly transmits: boolean;
  /** Answers what is sent to it, where it waits for that: then, and only then, `answers` is called. */
  readonly acknowledges?: boolean;
  /**
   * One stream per opening of the port, and per sender where several call it: what was half received before says nothing about what comes
   * after. `sender` names it then;
   * a cable has none.
   */
  openStream(sender?: string): LinkStream;
}

export interface LinkTally {
  frame(bytes: number): void;
  discarded(bytes: number, reason: DiscardReason): void;
}

export interface LinkStream {
  push(chunk: Uint8Array, tally: LinkTally): void;
  end(tally: LinkTally): void;
  /**
   * After each chunk: pass on what it held, or drop it, because the port has not yet shown that it is this
   * monitor's.
   */
  release(trusted: boolean): void;
  /** Bytes to write now, or null. Called about ten times a second with monotonic time. */
  request(monoMs: number): Uint8Array | null;
  answered(monoMs: number): void;
  /** What to say to what was heard, once it was released; each time the answers since the last one. */
  answers?(): readonly Uint8Array[];
  /** The last bytes before we close the port of our own accord; null or left out: nothing to say. Asked for once. */
  closingBytes?(): Uint8Array | null;
}
