import { noninFrameBytes } from './frame.ts';

/** 25 frames from one SYNC to the next; each FLOAT byte has the meaning of its frame's number. */
export const framesPerPacket = 25;
export const packetBytes = framesPerPacket * noninFrameBytes;
/** More than this after a SYNC, and the next SYNC was lost: the packet itself may still be whole. */
const packetSpanMaxBytes = 185;

/** The high byte of a pulse rate is never above this. */
const rateHighMax = 3;
/** The first frame that repeats a value of an earlier one: the displayed SpO2. */
const firstDisplayFrame = 9;

export const status = {
  sync: 0x01,
  greenPerfusion: 0x02,
  redPerfusion: 0x04,
  sensorAlarm: 0x08,
  outOfTrack: 0x10,
  artifact: 0x20,
  sensorDisconnect: 0x40,
} as const;

export const missingHeartRate = 511;
export const missingSpo2 = 127;

/** What a packet says, as far as its frames arrived and can be numbered with certainty. null: not stated. */
export interface PacketFields {
  /** Recording values: missing at once when the finger leaves. */
  readonly heartRate: number | null;
  readonly spo2: number | null;
  /** Display values: held for 10 s after the finger leaves. */
  readonly heartRateDisplay: number | null;
  readonly spo2Display: number | null;
  /** Second status byte (low battery). */
  readonly status2: number | null;
  /** Status bits of all frames of the packet, joined. */
  readonly statusBits: number;
  /** Red perfusion in a frame without green: both together mean yellow. */
  readonly redPerfusion: boolean;
  /** The packet arrived whole. In a damaged one an impossible value means frames numbered wrongly, not a monitor that lies. */
  readonly whole: boolean;
}

/** What ended a packet: the next SYNC, something else where the next SYNC should be, or the end of the stream. */
export type PacketEnd = 'sync' | 'lost-sync' | 'stream-end';

type FloatAt = (frameNumber: number) => number | null;
type Copy = (at: FloatAt) => number | null;

/**
 * Collects the frames between two SYNCs by their byte offset, so that a damaged frame does not renumber the ones after it.
 *
 * The checksum protects a frame, not its number: a frame lost or doubled whole would shift all later ones, and a pulse rate would be
 * read as a saturation. So a packet that is not exactly 125 bytes long gives a value only where two of its copies in different places
 * (recording and display, counted from the front or from the back) say the same.
 */
export class PacketCollector {
  readonly #floats = new Int16Array(packetSpanMaxBytes + noninFrameBytes + 1).fill(-1);
  #open = false;
  #spanBytes = 0;
  #firstGapAt = Infinity;
  #lastGapEnd = 0;
  #gaps = 0;
  #frames = 0;
  #statusBits = 0;
  #redPerfusion = false;
  #lastContent = -1;
  #doubled = false;

  get open(): boolean {
    return this.#open;
  }

  /** The packet has all its bytes; what comes next decides whether they were the right ones. */
  get complete(): boolean {
    return this.#spanBytes === packetBytes;
  }

  get overlong(): boolean {
    return this.#spanBytes > packetSpanMaxBytes;
  }

  start(): void {
    this.#floats.fill(-1);
    this.#open = true;
    this.#spanBytes = 0;
    this.#firstGapAt = Infinity;
    this.#lastGapEnd = 0;
    this.#gaps = 0;
    this.#frames = 0;
    this.#statusBits = 0;
    this.#redPerfusion = false;
    this.#lastContent = -1;
    this.#doubled = false;
  }

  /** `pleth` only serves to notice two equal frames in a row. */
  add(statusByte: number, pleth: number, float: number): void {
    const content = (statusByte << 24) | (pleth << 8) | float;
    this.#doubled ||= content === this.#lastContent;
    this.#lastContent = content;
    const isBeyond = this.#spanBytes >= packetBytes;
    this.#floats[this.#spanBytes] = float;
    this.#spanBytes += noninFrameBytes;
    this.#frames += 1;
    // Whatever follows the 25th frame is another packet's, its SYNC lost.
    if (isBeyond) return;
    this.#statusBits |= statusByte;
    if ((statusByte & (status.redPerfusion | status.greenPerfusion)) === status.redPerfusion) this.#redPerfusion = true;
  }

  gap(bytes: number): void {
    this.#firstGapAt = Math.min(this.#firstGapAt, this.#spanBytes);
    this.#spanBytes = Math.min(this.#spanBytes + bytes, packetSpanMaxBytes + 1);
    this.#lastGapEnd = this.#spanBytes;
    this.#gaps += 1;
  }

  /** Closes the packet and says what it stated. */
  finish(end: PacketEnd): PacketFields {
    this.#open = false;
    const exact = this.#spanBytes === packetBytes;
    if (exact && this.#firstGapAt === Infinity) return this.#wholeFields();
    if (exact) return this.#agreeing(this.#exactly, null, this.#gaps === 1);
    if (end === 'sync') return this.#agreeing(this.#fromFront, this.#fromBack, false);
    // The stream ended in the middle, or in a hole: frames can only be counted from the front. The first few are believed; with more,
    // a second copy must be among them and agree.
    const isBeginning = this.#frames >= 3 && this.#frames < firstDisplayFrame && !this.#doubled;
    return this.#agreeing(this.#fromFront, null, isBeginning);
  }

  #at(offset: number): number | null {
    const float = offset >= 0 && offset < this.#floats.length ? (this.#floats[offset] as number) : -1;
    return float < 0 ? null : float;
  }

  readonly #exactly: FloatAt = (frameNumber) => this.#at((frameNumber - 1) * noninFrameBytes);

  readonly #fromFront: FloatAt = (frameNumber) => {
    const offset = (frameNumber - 1) * noninFrameBytes;
    return offset < this.#firstGapAt ? this.#at(offset) : null;
  };

  readonly #fromBack: FloatAt = (frameNumber) => {
    const offset = this.#spanBytes - (framesPerPacket + 1 - frameNumber) * noninFrameBytes;
    return offset >= this.#lastGapEnd ? this.#at(offset) : null;
  };

  /** Values of a damaged packet. `back` counts the same frames from the end, as evidence from the other side of the damage. */
  #agreeing(front: FloatAt, back: FloatAt | null, oneCopyIsEnough: boolean): PacketFields {
    const agreed = (recordingOf: Copy, displayOf: Copy): number | null => {
      const recording = recordingOf(front);
      const display = displayOf(front);
      if (recording !== null && recording === display) return recording;
      if (oneCopyIsEnough && (recording === null || display === null)) return recording ?? display;
      if (back === null) return null;
      const displayBack = displayOf(back);
      return displayBack !== null && (displayBack === recording || displayBack === recordingOf(back)) ? displayBack : null;
    };
    const heartRate = agreed((at) => pairOf(at)(1), displayedRate);
    const spo2 = agreed((at) => sevenBits(at(3)), displayedSpo2);
    return { ...this.#status(null), heartRate, spo2, heartRateDisplay: null, spo2Display: null, whole: false };
  }

  #wholeFields(): PacketFields {
    const at = this.#exactly;
    const pair = pairOf(at);
    return {
      heartRate: pair(1),
      spo2: sevenBits(at(3)),
      heartRateDisplay: pair(20),
      spo2Display: sevenBits(at(firstDisplayFrame)),
      ...this.#status(at(8)),
      whole: true,
    };
  }

  #status(status2: number | null): Pick<PacketFields, 'status2' | 'statusBits' | 'redPerfusion'> {
    return { status2, statusBits: this.#statusBits, redPerfusion: this.#redPerfusion };
  }
}

/** A rate of 9 bits: 2 in the first byte, 7 in the second. Joining 8 + 8 bits doubles every rate above 127. */
export function nineBits(high: number, low: number): number {
  return ((high & 0x03) << 7) | (low & 0x7f);
}

function sevenBits(float: number | null): number | null {
  return float === null ? null : float & 0x7f;
}

/**
 * The displayed saturation, where the fast one in the next frame says the same. One frame alone is too weak as evidence: numbered wrongly by
 * eleven or twelve, frames 3 and 9 are both the same byte of a pulse rate.
 */
function displayedSpo2(at: FloatAt): number | null {
  const display = sevenBits(at(firstDisplayFrame));
  const fast = sevenBits(at(firstDisplayFrame + 1));
  return display === fast && display !== null && display > rateHighMax ? display : null;
}

/** The displayed pulse rate, where its slower average says the same: a high bit and a reserved zero behind it look like 128. */
function displayedRate(at: FloatAt): number | null {
  const display = pairOf(at)(20);
  return display === pairOf(at)(22) ? display : null;
}

function pairOf(at: FloatAt): (frameNumber: number) => number | null {
  return (frameNumber) => {
    const high = at(frameNumber);
    const low = at(frameNumber + 1);
    return high === null || low === null ? null : nineBits(high, low);
  };
}
