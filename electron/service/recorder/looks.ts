import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { LookKind } from '../../../shared/contract/looks.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import type { Clock, Log } from '../platform/platform.ts';
import type { EventBody, NewEvent } from '../session/events/session-event.ts';

export type Look = EventBody<'looked-at'>;

export interface LooksOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Has them on disk when it returns. */
  readonly record: (events: readonly NewEvent<'looked-at'>[]) => void;
  /** What commands told of theirs, taken in with each writing. */
  readonly ofCommands?: { takeIn(): void };
}

const minuteMs = 60_000;
/** Within it the same look counts once. What leaves the room as paper or a file is told nearly each time. */
const repeatMs: Readonly<Record<LookKind, number>> = {
  'session-watched': Infinity,
  'record-opened': 60 * minuteMs,
  'record-printed': minuteMs,
  'record-saved': minuteMs,
  'signature-checked': 60 * minuteMs,
  'patient-found': 60 * minuteMs,
  'sessions-listed': 60 * minuteMs,
  'drug-log-opened': 60 * minuteMs,
  'drug-log-saved': minuteMs,
  'private-notes-opened': 60 * minuteMs,
  'looks-opened': 60 * minuteMs,
  'looks-saved': minuteMs,
  'room-verified': minuteMs,
  'log-sent': minuteMs,
};

/** What was noted is remembered of so many; of what is forgotten a repeat is written again. */
const rememberedMax = 5000;
/** While nothing can be written. Each is a different person, patient or act. */
const waitingMax = 2000;

interface Waiting {
  readonly look: Look;
  readonly occurred: Instant;
}

/**
 * Who looked at what, on its way to the log. To note a look is to put it into memory: whoever reads waits for no disk.
 * Once a second what was noted is written, all in one transaction; a close writes the rest.
 */
export class Looks {
  readonly #options: LooksOptions;
  /** When each was noted last, oldest first. */
  readonly #notedMs = new Map<string, number>();
  #waiting: Waiting[] = [];

  constructor(options: LooksOptions) {
    this.#options = options;
  }

  note(look: Look): void {
    const { clock, log } = this.#options;
    const nowMs = clock.monoMs();
    const key = Object.values({ ...nothing, ...look }).join(' ');
    if (nowMs - (this.#notedMs.get(key) ?? -Infinity) < repeatMs[look.what]) return;
    this.#remember(key, nowMs);
    if (this.#waiting.length >= waitingMax) return log.error('look-not-kept', { waiting: waitingMax });
    this.#waiting.push({ look, occurred: clock.now() });
  }

  /** Once a second, and at the close. */
  flush(): void {
    this.#write();
    this.#options.ofCommands?.takeIn();
  }

  /** Writes what waits. Where the disk refuses it goes on waiting, and the page says that nothing is recorded. */
  #write(): void {
    if (this.#waiting.length === 0) return;
    const events = this.#waiting.map(({ look, occurred }): NewEvent<'looked-at'> => ({ kind: 'looked-at', body: look, occurred }));
    try {
      this.#options.record(events);
    } catch (error) {
      if (error instanceof RefusedError) return;
      this.#options.log.error('looks-not-writable', { count: events.length, error: errorForLog(error) });
    }
    this.#waiting = [];
  }

  #remember(key: string, nowMs: number): void {
    this.#notedMs.delete(key);
    const [oldest] = this.#notedMs.size >= rememberedMax ? this.#notedMs.keys() : [];
    if (oldest !== undefined) this.#notedMs.delete(oldest);
    this.#notedMs.set(key, nowMs);
  }
}

/** So that the parts of a look stand in one order, whoever made it. */
const nothing: { readonly [Part in keyof Required<Look>]: undefined } = {
  what: undefined,
  from: undefined,
  personId: undefined,
  account: undefined,
  patientId: undefined,
  sessionId: undefined,
  format: undefined,
};
