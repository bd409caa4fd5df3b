import { assertNever } from '../../../shared/values/assert-never.ts';
import type { Cancel, Clock } from '../platform/platform.ts';
import { StoreError } from '../store/store-error.ts';
import { compareHeads, type HeldEpoch } from './compare-heads.ts';
import {
  initialSync,
  step,
  type AppendAnswer,
  type Parked,
  type SyncEffect,
  type SyncFault,
  type SyncInput,
  type SyncState,
} from './engine.ts';
import type { OutgoingBatch, OutgoingEpoch, OutgoingRow } from './outgoing-row.ts';

/** What a room gives; see `outbox.ts`. */
export interface SyncLog {
  head(): { readonly seq: number };
  at(seq: number): { readonly hash: string } | null;
  epochs(): readonly OutgoingEpoch[];
  after(seq: number, limits: { readonly rows: number; readonly bytes: number }): OutgoingBatch;
}

/** A row as a target takes it: an outgoing one, or one that it could not take and of which only the place is told. */
export type SentRow = Omit<OutgoingRow, 'withheld'> & { readonly withheld: string | null };

/** Rows of one epoch, one after the other; at least one. */
export interface SentBatch {
  readonly rows: readonly SentRow[];
  readonly takenBack: OutgoingBatch['takenBack'];
}

/** A place outside the room that takes its log. What fails rejects with anything; `fault` reads it. */
export interface SyncTarget {
  /** `onEnded`: it is gone, without our asking or with it. */
  connect(onEnded: () => void): Promise<TargetConnection>;
  fault(error: unknown): SyncFault;
}

export interface TargetConnection {
  /** What it holds of this room, in the order in which the stretches began there. */
  held(): Promise<readonly HeldEpoch[]>;
  append(batch: SentBatch): Promise<AppendAnswer>;
  /** At once, and more than once. */
  end(): void;
}

/** Why the place of a row is there and its body is not: the target could not take it. */
export const notTaken = 'not-taken';

const bytesOfRows = 256 * 1024;
const rowsOfBytes = 200;

/** Does what the engine says, between the log of a room and one target. One at a time is on the way; `close` ends all of it. */
export class SyncDriver {
  readonly #log: SyncLog;
  readonly #target: SyncTarget;
  readonly #clock: Pick<Clock, 'monoMs' | 'after'>;
  readonly #random: () => number;
  readonly #onState: (state: SyncState) => void;
  #state: SyncState;
  #connection: TargetConnection | null = null;
  #wake: Cancel | null = null;
  #closed = false;

  /** @param parked what an earlier run could not send */
  constructor(
    { log, target, clock, random }: { log: SyncLog; target: SyncTarget; clock: Pick<Clock, 'monoMs' | 'after'>; random: () => number },
    parked: readonly Parked[],
    onState: (state: SyncState) => void,
  ) {
    this.#log = log;
    this.#target = target;
    this.#clock = clock;
    this.#random = random;
    this.#onState = onState;
    this.#state = { ...initialSync(log.head().seq, parked), wakeAtMs: clock.monoMs() };
    this.#setWake();
  }

  get state(): SyncState {
    return this.#state;
  }

  /** The log has grown to this event. */
  headMoved(seq: number): void {
    this.#take({ type: 'head-moved', seq });
  }

  tryNow(): void {
    this.#take({ type: 'try-now' });
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
    this.#endConnection();
  }

  #take(input: SyncInput): void {
    if (this.#closed) return;
    const { state, effects } = step(this.#state, input, { nowMs: this.#clock.monoMs(), random: this.#random() });
    if (state === this.#state) return;
    const isMoved = state.wakeAtMs !== this.#state.wakeAtMs;
    this.#state = state;
    if (isMoved) this.#setWake();
    for (const effect of effects) this.#do(effect);
    this.#onState(state);
  }

  #setWake(): void {
    this.#wake?.();
    this.#wake = null;
    const { wakeAtMs } = this.#state;
    if (wakeAtMs === null || this.#closed) return;
    this.#wake = this.#clock.after(Math.max(1, Math.ceil(wakeAtMs - this.#clock.monoMs())), () => {
      this.#wake = null;
      this.#take({ type: 'tick' });
      // A timer may come before its time by the other clock: then it is set once more, or nothing would ever be tried again.
      if (this.#wake === null) this.#setWake();
    });
  }

  #do(effect: SyncEffect): void {
    switch (effect.do) {
      case 'connect':
        return this.#run(effect.turn, () => this.#connect(effect.turn));
      case 'ask-head':
        return this.#run(effect.turn, () => this.#compare(effect.turn));
      case 'send':
        return this.#run(effect.turn, (told) => this.#send(effect, told));
      case 'close':
        return this.#endConnection();
      default:
        return assertNever(effect);
    }
  }

  /** Hands in what the work comes to. `told`: the batch that is on the way. */
  #run(turn: number, work: (told: (batch: { first: number; rows: number }) => void) => Promise<SyncInput | null>): void {
    let batch: { first: number; rows: number } | undefined;
    void work((told) => (batch = told)).then(
      (input) => {
        if (input !== null) this.#take(input);
      },
      (error: unknown) => {
        const fault = error instanceof StoreError ? ofRecord(error) : this.#target.fault(error);
        this.#take({ type: 'failed', turn, fault, ...(batch === undefined ? {} : { batch }) });
      },
    );
  }

  async #connect(turn: number): Promise<SyncInput | null> {
    let made: TargetConnection | null = null;
    const connection = await this.#target.connect(() => {
      if (made !== null && this.#connection === made) this.#take({ type: 'failed', turn, fault: brokenOff });
    });
    made = connection;
    // Given up while it was being made.
    if (this.#closed || turn !== this.#state.turn) {
      connection.end();
      return null;
    }
    this.#connection = connection;
    return { type: 'connected', turn };
  }

  async #compare(turn: number): Promise<SyncInput> {
    const held = await this.#open().held();
    const { seq } = this.#log.head();
    const comparison = compareHeads({ epochs: this.#log.epochs(), seq, hashAt: (at) => this.#log.at(at)?.hash ?? null }, held);
    return { type: 'compared', turn, comparison, seq };
  }

  async #send(
    { turn, next, limit, marked }: Extract<SyncEffect, { do: 'send' }>,
    told: (batch: { first: number; rows: number }) => void,
  ): Promise<SyncInput> {
    const bytes = bytesOfRows * Math.max(1, limit / rowsOfBytes);
    const { rows: found, takenBack } = this.#log.after(next - 1, { rows: limit, bytes });
    const epoch = found[0]?.epoch;
    const rows = found
      .filter((row) => row.epoch === epoch)
      .map((row) => (marked.includes(row.seq) ? { ...row, body: null, redacted: null, withheld: notTaken } : row));
    const last = rows.at(-1);
    if (last === undefined) throw new StoreError('STORE_FAILED', `The record has no entry ${next}.`, '');
    told({ first: next, rows: rows.length });
    const answer = await this.#open().append({ rows, takenBack });
    return { type: 'answered', turn, answer, through: last.seq };
  }

  #open(): TargetConnection {
    if (this.#connection === null) throw new Error('the connection is gone');
    return this.#connection;
  }

  #endConnection(): void {
    const connection = this.#connection;
    this.#connection = null;
    connection?.end();
  }
}

const brokenOff: SyncFault = { kind: 'again', words: 'The connection broke.', tooLarge: false };

function ofRecord({ message }: StoreError): SyncFault {
  return { kind: 'pause', words: message, tooLarge: false };
}
