import type { Poller } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { numericsOnce, numericsRequest, numericsStop, wantedWaves, wavesRequest, wavesStop } from './commands.ts';
import { createDatexScanner } from './frame.ts';
import { createRecord, mainType, readRecord, subtype } from './record.ts';

/** From newest to oldest: '15, '09, '05, '03, 2001. A monitor answers to one it knows. */
const levels = [0x0b, 0x0a, 0x09, 0x08, 0x07] as const;
/** Two intervals without values and a little more. */
const valuesMs = 11_000;
/** A monitor that sent waves and then nothing at all has been switched off, or its cable is out. */
const nothingMs = 4000;
/** Longer than an interval, so that asking again does not begin it anew for ever. */
const againMs = 7000;
const wavesMs = 5000;
/** A monitor that gives no waves is asked for them now and then. */
const wavesRefusedMs = 60_000;
const wavesAttempts = 3;

/**
 *   asking ── one level a turn (once, and every five seconds), newest level first ──► waiting ── values heard ──► streaming: waves asked for once, at the monitor's level
 *     ▲                                                    │ 7 s                       │ 11 s without values, or 4 s without anything
 *     └────────────────────────────────────────────────────┴───────────────────────────┘
 *
 * Asked once, the monitor sends for ever: nothing is repeated while it does, and it is told to stop at the end.
 */
export class DatexConversation implements Poller {
  readonly #record = createRecord();
  readonly #framer = createFramer(createDatexScanner((body, length) => readRecord(this.#record, body, length)));
  readonly #handler: FrameHandler = {
    frame: () => this.#hearRecord(this.#heardAtMs),
    discarded: () => undefined,
    padding: () => undefined,
  };
  #heardAtMs = 0;
  /** Which level is asked for next; null: all have been. */
  #nextLevel: number | null = 0;
  #askedMs = -Infinity;
  #hasSpoken = false;
  #level: number | null = null;
  #valuesMs: number | null = null;
  #wavesMs: number | null = null;
  #lastMs = -Infinity;
  #wavesAskedMs = -Infinity;
  #wavesUnanswered = 0;

  poll(monoMs: number): Uint8Array | null {
    if (this.#nextLevel === null && this.#isSilent(monoMs)) this.#nextLevel = 0;
    if (this.#nextLevel !== null) return this.#ask(this.#nextLevel, monoMs);
    if (this.#level === null || !this.#areWavesDue(monoMs)) return null;
    this.#wavesAskedMs = monoMs;
    this.#wavesUnanswered += 1;
    return wavesRequest(this.#level, wantedWaves);
  }

  /** Whether values come is seen from the records themselves. */
  answered(): void {}

  heard(chunk: Uint8Array, monoMs: number): void {
    this.#heardAtMs = monoMs;
    this.#framer.push(chunk, this.#handler);
  }

  closingBytes(): Uint8Array | null {
    if (!this.#hasSpoken) return null;
    const level = this.#level ?? levels[0];
    return joined(numericsStop(level), wavesStop(level));
  }

  #ask(place: number, monoMs: number): Uint8Array {
    const level = levels[place] ?? levels[0];
    this.#nextLevel = place + 1 < levels.length ? place + 1 : null;
    this.#askedMs = monoMs;
    this.#hasSpoken = true;
    return joined(numericsOnce(level), numericsRequest(level));
  }

  #isSilent(monoMs: number): boolean {
    if (monoMs - this.#askedMs < againMs) return false;
    if (this.#valuesMs === null || monoMs - this.#valuesMs >= valuesMs) return true;
    return this.#wavesMs !== null && monoMs - this.#lastMs >= nothingMs;
  }

  #areWavesDue(monoMs: number): boolean {
    // Values first: a monitor that is silent is not asked for waves.
    if (this.#valuesMs === null || monoMs - this.#valuesMs >= valuesMs) return false;
    if (this.#wavesMs !== null && monoMs - this.#wavesMs < wavesMs) return false;
    return monoMs - this.#wavesAskedMs >= (this.#wavesUnanswered < wavesAttempts ? wavesMs : wavesRefusedMs);
  }

  #hearRecord(monoMs: number): void {
    const { mainType: main, count, types, level } = this.#record;
    // A request is not the monitor's: it may be our own, or another program's.
    if (count === 0 || types[0] === subtype.request) return;
    this.#lastMs = monoMs;
    if (main === mainType.physiological) {
      this.#valuesMs = monoMs;
      this.#level = level;
      this.#nextLevel = null;
    } else if (main === mainType.wave) {
      this.#wavesMs = monoMs;
      this.#wavesUnanswered = 0;
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
