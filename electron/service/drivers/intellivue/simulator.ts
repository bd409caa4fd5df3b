import { clockJumpMs } from '../../simulation/device-clock.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { createIntellivueScanner, headerBytes } from './frame.ts';
import { createIntellivueValues, deviceDate, type IntellivueMode, type IntellivueValues } from './simulator-values.ts';
import { createEvent, operationError, pollAnswer, sessionMessage, type MonitorObject } from './simulator-messages.ts';
import { damageFrame, joinBytes } from '../../simulation/line-faults.ts';
import type { DeliveredMg } from '../../simulation/physiology.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';
import { createChance, type Chance } from '../../simulation/seeded-noise.ts';
import { backlogMs, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

/** Without a word from the client for so long, the monitor ends the association. */
const associationMs = 10_000;
const eventRepeatMs = 3000;
const numericsEveryMs = 1024;
const wavesEveryMs = 256;
/** Of the operating mode. */
const demoMode = 0x2000;
const ticksPerMs = 8;
const waveClass = 0x0009;
const numericClass = 0x0006;
const extendedPoll = 0xf13b;
/** The largest message with its objects; what does not fit goes into linked ones. */
const objectsPerMessage = 8;

interface Periodic {
  readonly invokeId: number;
  readonly pollNumber: number;
  readonly untilMs: number;
  sequence: number;
  /** Multiples of the period since the scenario's zero. */
  next: number;
}

interface Association {
  heardMs: number;
  eventMs: number;
  isConfirmed: boolean;
  numerics: Periodic | null;
  waves: Periodic | null;
}

export interface IntellivueOptions {
  /** A monitor in demonstration or test mode says so with every value. */
  readonly mode?: IntellivueMode;
  /** A monitor without the option refuses waves. */
  readonly hasWaves?: boolean;
}

export function createIntellivueSimulator(
  scenario: Scenario,
  deliveredMg?: DeliveredMg,
  options: IntellivueOptions = {},
): SimulatedMonitor {
  return new IntellivueSimulator(scenario, deliveredMg, options);
}

/**
 * An IntelliVue behind its MIB port: it says nothing until a client associates, introduces itself, sends what was polled for as long as it
 * is kept alive, and ends the association when it is not. It ignores whatever is not one of these.
 */
class IntellivueSimulator implements SimulatedMonitor {
  readonly #scenario: Scenario;
  readonly #mode: IntellivueMode;
  readonly #hasWaves: boolean;
  readonly #chance: Chance;
  readonly #values: IntellivueValues;
  readonly #scanner = createIntellivueScanner();
  readonly #framer = createFramer(this.#scanner);
  readonly #listener: FrameHandler = { frame: () => this.#hear(this.#scanner.body), discarded: () => undefined, padding: () => undefined };
  #nowMs: number;
  /** When the monitor was switched on last: its relative time counts from there. */
  #originMs: number;
  #association: Association | null = null;
  #replies: Uint8Array[] = [];

  constructor(scenario: Scenario, deliveredMg: DeliveredMg | undefined, options: IntellivueOptions) {
    this.#scenario = scenario;
    this.#mode = options.mode ?? 'normal';
    this.#hasWaves = options.hasWaves ?? true;
    this.#chance = createChance(scenario.seed ^ 0x6976);
    this.#values = createIntellivueValues(scenario, this.#mode, deliveredMg);
    this.#nowMs = scenario.startMs;
    this.#originMs = scenario.startMs - 60_000;
  }

  advance(tMs: number): Uint8Array {
    this.#nowMs = Math.max(this.#nowMs, tMs);
    if (activeFaults(this.#scenario, this.#nowMs).has('reboot')) {
      this.#association = null;
      this.#originMs = this.#nowMs;
      return new Uint8Array(0);
    }
    return this.#association === null ? new Uint8Array(0) : joinBytes(this.#pass(this.#association, this.#nowMs));
  }

  receive(bytes: Uint8Array): Uint8Array | null {
    const faults = activeFaults(this.#scenario, this.#nowMs);
    // Dead, or the cable is: nothing is heard either.
    if (faults.has('reboot') || faults.has('silence')) return null;
    this.#framer.push(bytes, this.#listener);
    const answer = joinBytes(this.#replies);
    this.#replies = [];
    return answer.length === 0 ? null : answer;
  }

  readonly #relativeTimeAt = (tMs: number): number => Math.round((tMs - this.#originMs) * ticksPerMs) >>> 0;

  #damaged(frame: Uint8Array): Uint8Array {
    return damageFrame(frame, activeFaults(this.#scenario, this.#nowMs), this.#chance);
  }

  #reply(frame: Uint8Array): void {
    this.#replies.push(this.#damaged(frame));
  }

  #introduction(): Uint8Array {
    const jumpMs = activeFaults(this.#scenario, this.#nowMs).has('clock-jump') ? clockJumpMs : 0;
    const date = deviceDate(this.#scenario, this.#nowMs + jumpMs);
    return createEvent(1, this.#relativeTimeAt(this.#nowMs), date, this.#mode === 'demo' ? demoMode : 0);
  }

  /** What time brings about: results, the event once more, the end of an association nobody keeps alive. */
  #pass(present: Association, tMs: number): Uint8Array[] {
    if (tMs - present.heardMs >= associationMs) {
      this.#association = null;
      return [this.#damaged(sessionMessage(0x19, [0x2e, 0x11, 0x01, 0x03]))];
    }
    if (!present.isConfirmed) {
      if (tMs - present.eventMs < eventRepeatMs) return [];
      present.eventMs = tMs;
      return [this.#damaged(this.#introduction())];
    }
    const { numerics, waves } = present;
    const frames: Uint8Array[] = [];
    if (waves !== null) {
      for (const atMs of due(waves, wavesEveryMs, tMs)) {
        frames.push(...this.#results(waves, waveClass, this.#values.waves(atMs, waves.sequence), atMs));
      }
    }
    if (numerics !== null) {
      for (const atMs of due(numerics, numericsEveryMs, tMs)) {
        frames.push(...this.#results(numerics, numericClass, this.#values.numerics(atMs, this.#relativeTimeAt), atMs));
      }
    }
    return frames;
  }

  #results(periodic: Periodic, objectClass: number, objects: readonly MonitorObject[], tMs: number): Uint8Array[] {
    periodic.sequence = (periodic.sequence + 1) & 0xffff;
    const { invokeId, pollNumber, sequence } = periodic;
    const base = { invokeId, pollNumber, sequence, action: extendedPoll, relativeTime: this.#relativeTimeAt(tMs), objectClass };
    const count = Math.max(1, Math.ceil(objects.length / objectsPerMessage));
    if (count === 1) return [this.#damaged(pollAnswer({ ...base, objects }))];
    return Array.from({ length: count }, (_, index) => {
      const state = index === 0 ? 1 : index === count - 1 ? 3 : 2;
      const piece = objects.slice(index * objectsPerMessage, (index + 1) * objectsPerMessage);
      return this.#damaged(pollAnswer({ ...base, objects: piece, linked: { state, count: index + 1 } }));
    });
  }

  #hear(body: Uint8Array): void {
    const present = this.#association;
    if (present !== null) present.heardMs = this.#nowMs;
    switch (body[headerBytes]) {
      case 0x0d:
        if (present !== null) return this.#reply(sessionMessage(0x0c, [0x00]));
        this.#association = { heardMs: this.#nowMs, eventMs: this.#nowMs, isConfirmed: false, numerics: null, waves: null };
        this.#reply(sessionMessage(0x0e, [0x00]));
        return this.#reply(this.#introduction());
      case 0x09:
        this.#association = null;
        return present === null ? undefined : this.#reply(sessionMessage(0x0a, [0x00]));
      case 0xe1:
        return present === null ? undefined : this.#hearOperation(body, present);
      default:
    }
  }

  #hearOperation(body: Uint8Array, present: Association): void {
    const word = (at: number): number => ((body[headerBytes + at] ?? 0) << 8) | (body[headerBytes + at + 1] ?? 0);
    const type = word(4);
    if (type === 2) present.isConfirmed = true;
    if (type !== 1 || word(10) !== 7 || !present.isConfirmed) return;
    const [invokeId, action, pollNumber, objectClass] = [word(8), word(24), word(28), word(32)];
    const answer = { invokeId, action, pollNumber, relativeTime: this.#relativeTimeAt(this.#nowMs), objectClass, objects: [] };
    if (action !== extendedPoll) return this.#reply(pollAnswer({ ...answer, sequence: null }));
    if (objectClass === waveClass && !this.#hasWaves) return this.#reply(operationError(invokeId, 1));
    const everyMs = objectClass === waveClass ? wavesEveryMs : numericsEveryMs;
    const periodMs = word(44) * 8192 + Math.floor(word(46) / ticksPerMs);
    const untilMs = this.#nowMs + periodMs;
    const periodic: Periodic = { invokeId, pollNumber, untilMs, sequence: 0, next: Math.floor(this.#nowMs / everyMs) + 1 };
    if (objectClass === waveClass) present.waves = periodic;
    else if (objectClass === numericClass) present.numerics = periodic;
    else return;
    // The sequence number 0 confirms the request.
    this.#reply(pollAnswer({ ...answer, sequence: 0 }));
  }
}

/** When results of a periodic poll fell due, as scenario times. */
function due(periodic: Periodic, everyMs: number, tMs: number): number[] {
  const times: number[] = [];
  periodic.next = Math.max(periodic.next, Math.floor((tMs - backlogMs) / everyMs));
  for (; periodic.next * everyMs <= tMs; periodic.next++) {
    if (periodic.next * everyMs < periodic.untilMs) times.push(periodic.next * everyMs);
  }
  return times;
}
