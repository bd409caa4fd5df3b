import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { Poller } from '../driver.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { associationRequest, createEventResult, invoke, keepAlivePoll, numericsPoll, releaseRequest, wavesPoll } from './commands.ts';
import { createIntellivueScanner } from './frame.ts';
import { createMessage, objectClass, readMessage, session } from './message.ts';

/** How long the monitor may take to answer. */
const associationMs = 2000;
const createEventMs = 4000;
const releaseMs = 1000;
/** Nothing understood for so long, and the association is taken for lost; the monitor gives one up after 10 s. */
const silentMs = 5000;
/** Well before the monitor's 10 s. */
const keepAliveMs = 3000;
/** A periodic poll runs for 60 s. */
const renewMs = 30_000;
/** A periodic poll that gives nothing is asked for again after this. */
const unansweredMs = 4000;
/** A monitor that refuses waves is asked again now and then. */
const refusedPollMs = 60_000;
const refusedMs = [500, 1000, 2000, 5000] as const;

type Phase = 'idle' | 'asked' | 'accepted' | 'polling' | 'releasing';

interface Periodic {
  readonly say: () => Uint8Array;
  sentMs: number | null;
  /** When a result came last. */
  heardMs: number | null;
  notBeforeMs: number;
}

function periodic(say: () => Uint8Array): Periodic {
  return { say, sentMs: null, heardMs: null, notBeforeMs: -Infinity };
}

function isDue({ sentMs, heardMs, notBeforeMs }: Periodic, monoMs: number): boolean {
  if (monoMs < notBeforeMs) return false;
  if (sentMs === null || monoMs - sentMs >= renewMs) return true;
  return monoMs - Math.max(sentMs, heardMs ?? sentMs) >= unansweredMs;
}

/**
 *            association request           accept            create event, confirmed
 *   idle ─────────────────────────► asked ───────► accepted ─────────────────────────► polling ──┐ polls, keep-alive
 *    ▲ ▲                              │ refused, no answer │ no event                      │  ▲──┘
 *    │ └──────────── abort ───────────┴────────────────────┴──────── 5 s of silence ───────┘
 *    └── releasing ◄── an association that the monitor still holds (ours, from before a restart) is given back first
 *
 * One message a turn, so at most one in 100 ms, where the monitor takes four in 128 ms.
 */
export class IntellivueConversation implements Poller {
  readonly #message = createMessage();
  readonly #framer = createFramer(createIntellivueScanner((body, start, end) => readMessage(this.#message, body, start, end)));
  readonly #handler: FrameHandler = {
    frame: () => this.#hearMessage(this.#heardAtMs),
    discarded: () => undefined,
    padding: () => undefined,
  };
  #numerics = periodic(numericsPoll);
  #waves = periodic(wavesPoll);
  #phase: Phase = 'idle';
  #phaseMs = 0;
  #nextMs = -Infinity;
  #heardAtMs = 0;
  /** When a whole message came last. */
  #lastHeardMs = 0;
  #lastSaidMs = 0;
  #refusals = 0;
  /** The monitor may hold an association that we know nothing of. */
  #releaseFirst = false;
  #event: { readonly invokeId: number; readonly eventTime: number } | null = null;

  poll(monoMs: number): Uint8Array | null {
    const bytes = this.#next(monoMs);
    if (bytes !== null) this.#lastSaidMs = monoMs;
    return bytes;
  }

  /** What was asked and answered is followed by the messages themselves. */
  answered(): void {}

  heard(chunk: Uint8Array, monoMs: number): void {
    this.#heardAtMs = monoMs;
    this.#framer.push(chunk, this.#handler);
  }

  closingBytes(): Uint8Array | null {
    return this.#phase === 'idle' || this.#phase === 'releasing' ? null : releaseRequest();
  }

  #next(monoMs: number): Uint8Array | null {
    if (this.#event !== null) return this.#confirm(this.#event, monoMs);
    const sinceMs = monoMs - this.#phaseMs;
    switch (this.#phase) {
      case 'idle':
        return this.#begin(monoMs);
      case 'asked':
        if (sinceMs >= associationMs) this.#startOver(monoMs, 0, true);
        return null;
      case 'accepted':
        if (sinceMs >= createEventMs) this.#startOver(monoMs, 0, true);
        return null;
      case 'releasing':
        if (sinceMs >= releaseMs) this.#startOver(monoMs, 0, false);
        return null;
      case 'polling':
        return this.#poll(monoMs);
      default:
        return assertNever(this.#phase);
    }
  }

  #begin(monoMs: number): Uint8Array | null {
    if (monoMs < this.#nextMs) return null;
    if (this.#releaseFirst) {
      this.#releaseFirst = false;
      this.#enter('releasing', monoMs);
      return releaseRequest();
    }
    this.#enter('asked', monoMs);
    return associationRequest();
  }

  #confirm(event: { readonly invokeId: number; readonly eventTime: number }, monoMs: number): Uint8Array {
    this.#event = null;
    if (this.#phase !== 'polling') {
      this.#enter('polling', monoMs);
      this.#lastHeardMs = monoMs;
      this.#refusals = 0;
      this.#numerics = periodic(numericsPoll);
      this.#waves = periodic(wavesPoll);
    }
    return createEventResult(event.invokeId, event.eventTime);
  }

  #poll(monoMs: number): Uint8Array | null {
    if (monoMs - this.#lastHeardMs >= silentMs) {
      this.#startOver(monoMs, 0, true);
      return null;
    }
    for (const due of [this.#numerics, this.#waves]) {
      if (!isDue(due, monoMs)) continue;
      due.sentMs = monoMs;
      return due.say();
    }
    return monoMs - this.#lastSaidMs >= keepAliveMs ? keepAlivePoll() : null;
  }

  #enter(next: Phase, monoMs: number): void {
    this.#phase = next;
    this.#phaseMs = monoMs;
  }

  #startOver(monoMs: number, waitMs: number, releaseFirst: boolean): void {
    this.#enter('idle', monoMs);
    this.#nextMs = monoMs + waitMs;
    this.#releaseFirst = releaseFirst;
    this.#event = null;
  }

  #hearMessage(monoMs: number): void {
    this.#lastHeardMs = monoMs;
    const { kind, invokeId, eventTime } = this.#message;
    switch (kind) {
      case 'session':
        return this.#hearSession(monoMs);
      case 'create-event':
        // Also while polling: the monitor repeats it when our answer was lost.
        if (this.#phase === 'idle' || this.#phase === 'releasing') this.#releaseFirst = true;
        else this.#event = { invokeId, eventTime };
        return;
      case 'poll-result':
        return this.#hearResult(monoMs);
      case 'error':
        if (this.#phase === 'polling' && invokeId === invoke.waves) this.#waves.notBeforeMs = monoMs + refusedPollMs;
        return;
      case 'other':
        return;
      default:
        assertNever(kind);
    }
  }

  #hearResult(monoMs: number): void {
    if (this.#phase !== 'polling') this.#releaseFirst = true;
    else if (this.#message.objectClass === objectClass.numeric) this.#numerics.heardMs = monoMs;
    else if (this.#message.objectClass === objectClass.wave) this.#waves.heardMs = monoMs;
  }

  #hearSession(monoMs: number): void {
    switch (this.#message.sessionId) {
      case session.associationResponse:
        if (this.#phase === 'asked') this.#enter('accepted', monoMs);
        return;
      case session.refuse:
        if (this.#phase !== 'asked') return;
        this.#startOver(monoMs, refusedMs[Math.min(this.#refusals, refusedMs.length - 1)] ?? 5000, true);
        this.#refusals += 1;
        return;
      case session.releaseResponse:
        if (this.#phase === 'releasing') this.#startOver(monoMs, 0, false);
        return;
      case session.abort:
      case session.releaseRequest:
        this.#startOver(monoMs, refusedMs[0], false);
        return;
      default:
    }
  }
}
