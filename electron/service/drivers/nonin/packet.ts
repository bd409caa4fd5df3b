import { noninFrameBytes } from './frame.ts';

/** 25 frames from one SYNC to the next; each FLOAT byte has the meaning of its frame's number. */
export const framesPerPacket = 25;
export const packetBytes = framesPerPacket * noninFrameBytes;
/** More than this after a SYNC, and the next SYNC was lost: the packet itself may still be whole. */
const packetSpanMaxBytes = 185;

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
}

/** What ended a packet: the next SYNC, something else where the next SYNC should be, or the end of the stream. */
export type PacketEnd = 'sync' | 'lost-sync' | 'stream-end';

type FloatAt = (frameNumber: number) => number | null;

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
    this.#floats[this.#spanBytes] = float;
    this.#spanBytes += noninFrameBytes;
    this.#frames += 1;
    this.#statusBits |= statusByte;
    if ((statusByte & (status.redPerfusion | status.greenPerfusion)) === status.redPerfusion) this.#redPerfusion = true;
  }

  gap(bytes: number): void {
    this.#firstGapAt = Math.min(this.#firstGapAt, this.#spanBytes);
    this.#spanBytes = Math.min(this.#spanBytes + bytes, packetSpanMaxBytes + 1);
    this.#lastGapEnd = this.#spanBytes;
  }

  /** Closes the packet and says what it stated. */
  finish(end: PacketEnd): PacketFields {
    this.#open = false;
    const gapless = this.#firstGapAt >= packetBytes;
    const exact = this.#spanBytes === packetBytes || (end === 'lost-sync' && this.overlong && gapless);
    if (exact && gapless) return this.#fields(pairOf(this.#exactly), this.#exactly, this.#exactly);
    if (exact) return this.#agreeing(this.#exactly, null, true);
    if (end === 'sync') return this.#agreeing(this.#fromFront, this.#fromBack, false);
    // The stream ended in the middle (or in a hole): numbers count from the front, where nothing speaks against them.
    return this.#agreeing(this.#fromFront, null, this.#frames >= 3 && !this.#doubled);
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

  #agreeing(front: FloatAt, back: FloatAt | null, oneCopyIsEnough: boolean): PacketFields {
    const agreed = (copies: (at: FloatAt) => readonly [number | null, number | null]): number | null => {
      const [recording, display] = copies(front);
      if (recording !== null && recording === display) return recording;
      if (oneCopyIsEnough && (recording === null || display === null)) return recording ?? display;
      if (back === null) return null;
      const [recordingBack, displayBack] = copies(back);
      if (displayBack !== null && (displayBack === recording || displayBack === recordingBack)) return displayBack;
      return null;
    };
    const heartRate = agreed((at) => [pairOf(at)(1), pairOf(at)(20)]);
    const spo2 = agreed((at) => [sevenBits(at(3)), sevenBits(at(9))]);
    return { ...this.#status(null), heartRate, spo2, heartRateDisplay: null, spo2Display: null };
  }

  #fields(pair: (frameNumber: number) => number | null, spo2: FloatAt, other: FloatAt): PacketFields {
    return {
      heartRate: pair(1),
      spo2: sevenBits(spo2(3)),
      heartRateDisplay: pair(20),
      spo2Display: sevenBits(spo2(9)),
      ...this.#status(other(8)),
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

function pairOf(at: FloatAt): (frameNumber: number) => number | null {
  return (frameNumber) => {
    const high = at(frameNumber);
    const low = at(frameNumber + 1);
    return high === null || low === null ? null : nineBits(high, low);
  };
}
