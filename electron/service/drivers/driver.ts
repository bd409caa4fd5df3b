import type { UnreadReason } from '../../../shared/clinical/line-account.ts';
import type { MetricId } from '../../../shared/clinical/metric.ts';
import type { Reading } from '../../../shared/clinical/reading.ts';
import type { WaveSignal } from '../../../shared/clinical/wave-signal.ts';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import type { PortSettings } from '../platform/byte-ports.ts';
import type { DeliveredMg } from '../simulation/physiology.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { SimulatedMonitor } from '../simulation/simulated-monitor.ts';

/** Why bytes could not be used. They are counted, shown and captured: unparsed bytes are data. */
export type DiscardReason =
  | 'noise' // bytes that belong to no frame
  | 'checksum'
  | 'truncated' // a frame that another one cut short, or that the stream's end cut
  | 'too-long'
  | 'malformed'; // a whole frame whose content the protocol does not allow

export interface Wave {
  readonly metric: WaveSignal;
  readonly unit: string;
  /** Milliseconds between samples. */
  readonly periodMs: number;
  /** null where the monitor marks a sample as not valid. */
  readonly samples: readonly (number | null)[];
  /**
   * Where this piece begins on the monitor's own count of samples of this wave, where the protocol states one (a counter, a clock):
   * a jump from the end of the last piece is a gap, a step back a monitor that began anew.
   */
  readonly firstSample?: number;
  /** The monitor's own codes for these samples in our words, as of a reading: `demo-data`. */
  readonly flags?: readonly string[];
}

/**
 * Where a decoder puts what it finds, in stream order.
 * Accounting invariant (tested for every driver): bytes pushed = bytes in frames + bytes discarded (+ padding at the very end),
 * once `end` has been called.
 */
export interface DecodeSink {
  /** One well-formed frame of `bytes` bytes was accepted; its readings follow. */
  frame(bytes: number): void;
  reading(reading: Reading): void;
  wave(wave: Wave): void;
  discarded(bytes: number, reason: DiscardReason): void;
  /**
   * The stream ended in line ends that no frame follows: harmless, and part of no frame. Padding before a frame is part of
   * that frame's bytes.
   */
  padding?(bytes: number): void;
  /**
   * Something that arrived whole was not made into a reading: why, and where in words if there is a place to name. A frame
   * that gives no reading and no wave says so at least once.
   */
  unread?(reason: UnreadReason, place?: string): void;
  /**
   * The sender wants an answer to what it sent; told behind the readings of that frame. Who holds the port decides whether it is sent, and
   * gives the time of sending, and why nothing that arrives can be kept (null: it can).
   */
  answer?(build: (at: Instant, notKept: string | null) => readonly Uint8Array[]): void;
}

/** Deframer and decoder of one stream. Pure but for its own bounded buffer; never throws on any bytes. */
export interface Decoder {
  push(chunk: Uint8Array, sink: DecodeSink): void;
  /** The stream ended: whatever is buffered is counted as discarded, or completed where the protocol allows. */
  end(sink: DecodeSink): void;
}

/**
 * Freshness limits of one metric on this monitor. A cuff reading is an event and never goes stale by itself. `ifHeard`: only some monitors of
 * this kind have it, so that nothing is missing until it was heard once.
 */
export type Freshness = (StreamFreshness | { readonly kind: 'event' }) & { readonly ifHeard?: true };

/** Live within `lateMs` of its last value, grey within `lostMs`; milliseconds. `slow`: by the rhythm that was heard, which is slower than its kind's. */
export interface StreamFreshness {
  readonly kind: 'stream';
  readonly lateMs: number;
  readonly lostMs: number;
  readonly slow?: true;
}

/**
 * Asks a monitor for its values: question by question, or as the conversation of a protocol that is associated first and kept alive.
 * At most one request is outstanding. Only reading commands exist here: nothing that starts a cuff, changes a limit or silences an alarm.
 *
 *   heard(chunk) ─► [ the protocol's conversation ] ◄─ poll(monoMs) ─► bytes to write
 *                                  └─ closingBytes() ─► last bytes before the port is closed
 *
 * The decoder of the same driver never needs it: what another program asks for can be listened to.
 */
export interface Poller {
  /** Called about ten times a second with monotonic time; returns bytes to write now, or null. */
  poll(monoMs: number): Uint8Array | null;
  /** A frame of the monitor's arrived (whatever its content): the outstanding request is answered. */
  answered(monoMs: number): void;
  /**
   * Every byte of the monitor's, in order and before the decoder sees it: for a protocol whose conversation must be followed. The chunk is
   * valid during the call only. Never throws on any bytes.
   */
  heard?(chunk: Uint8Array, monoMs: number): void;
  /** What ends the conversation (release, stop), asked for once, before Vigil closes the port of its own accord; null: nothing to say. */
  closingBytes?(): Uint8Array | null;
}

/** Sends by itself; answers requests one by one; sends once it was asked or associated, for as long as it is kept alive. */
export type DriverMode = 'stream' | 'polled' | 'associated';

/** How the frames of a protocol prove that they are this protocol's. What a driver claims here is tried by its tests (docs/decisions/0036). */
export interface Proof {
  /** The weakest thing that its frames are checked by: what chance has to beat. `text`: the exact form of a line and no more. */
  readonly check: 'crc' | 'sum' | 'text' | 'none';
  /** So many frames heard without asking leave no doubt which monitor is on a port. */
  readonly frames: number;
  /**
   * So many frames after a port was opened before a value of them is believed: one where a frame cannot be chance,
   * more where nothing but the places of a few bits says that it is one.
   */
  readonly framesToTrust: number;
}

/** A clinic's own table of a monitor's codes. */
export interface ClinicTable {
  /** Its name in the data folder, where clinic IT puts it. */
  readonly fileName: string;
  /** The driver that reads by the table of this text. Wrong in one row, a table is refused whole: half of it would mislead. */
  read(text: string): ReadClinicTable;
}

/** `problems`: sentences for people that say what is wrong, where, and what may stand there. */
export type ReadClinicTable =
  { readonly kind: 'driver'; readonly driver: Driver } | { readonly kind: 'refused'; readonly problems: readonly string[] };

export interface Driver {
  readonly id: MonitorProtocolId;
  readonly vendor: string;
  readonly models: readonly string[];
  /** For people; ends with "Not validated on hardware." until someone has met the real device. */
  readonly description: string;
  readonly mode: DriverMode;
  /** In probe order; the first is the default. */
  readonly portProfiles: readonly [PortSettings, ...PortSettings[]];
  readonly proof: Proof;
  /** The metrics this monitor gives, each with its limits. */
  readonly freshness: Readonly<Partial<Record<MetricId, Freshness>>>;
  /** No valid frame for this long: the link is silent. Milliseconds. */
  readonly quietMs: number;
  /** A source whose rhythm is its own may be slower than `quietMs`: it is learned, up to this. Milliseconds. */
  readonly slowestQuietMs?: number;
  /** Over a network its senders wait for an answer to each message, which the decoder knows to make. */
  readonly acknowledges?: true;
  /** The clinic can say what the monitor's own codes stand for. */
  readonly clinicTable?: ClinicTable;
  createDecoder(): Decoder;
  createPoller?(): Poller;
  /** The monitor itself, speaking its real bytes of the scenario's patient; `deliveredMg` drives a generic patient, see `physiologyAt`. */
  createSimulator(scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor;
}

/** The monitor has to be asked before it says anything. */
export function mustBeAsked(driver: Pick<Driver, 'mode'>): boolean {
  return driver.mode !== 'stream';
}
