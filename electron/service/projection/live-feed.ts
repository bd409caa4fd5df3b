import type { TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import type { BoardSection, FeedMessage, RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import type { Cancel, Clock } from '../platform/platform.ts';

/** For whom a board is drawn. */
export interface BoardView {
  /** Who sits at the page, the one whose acts come first in front. */
  readonly people: readonly PersonView[];
  /** Who sat there when the page was covered; empty where it is not. */
  readonly covered: readonly PersonView[];
  /** Whether the one in front may read what was recorded. */
  readonly readsRecords: boolean;
  /** Whether the figures of the monitors are for whoever looks. */
  readonly seesFigures: boolean;
}

const nobody: BoardView = { people: [], covered: [], readsRecords: false, seesFigures: true };

/** What the feed reads from when it is about to send: always the newest, so that conflation loses nothing but haste. */
export interface BoardSource {
  section<K extends BoardSection>(name: K, view: BoardView): RoomBoard[K];
  /** The running session's columns; they only grow, until another session begins. */
  trend(view: BoardView): TrendColumns | null;
}

export interface LiveFeedLimits {
  /** Messages to one reader in a real second, when everything changes all the time. */
  readonly messagesPerSecond: number;
  /** After a quiet moment so many go at once, so that a value need not wait because a turn of the clock went before it. */
  readonly burst: number;
  /** Messages a reader may leave unacknowledged before it is sent nothing but a new snapshot. */
  readonly unacknowledgedMax: number;
  readonly readersMax: number;
}

const defaultLimits: LiveFeedLimits = { messagesPerSecond: 8, burst: 4, unacknowledgedMax: 12, readersMax: 16 };

/**
 * The room board to any number of readers, each at its own pace: a snapshot, then numbered changes. Nothing
 * queues: a reader holds only the names of the sections that changed since its last message.
 */
export class LiveFeed {
  readonly #clock: Clock;
  readonly #source: BoardSource;
  readonly #limits: LiveFeedLimits;
  readonly #onFailure: (error: unknown) => void;
  readonly #readers = new Set<FeedReader>();

  /** @param onFailure told of a board that could not be drawn; its readers end, and a page that asks again gets the next one */
  constructor(
    clock: Clock,
    source: BoardSource,
    limits: LiveFeedLimits = defaultLimits,
    onFailure: (error: unknown) => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#source = source;
    this.#limits = limits;
    this.#onFailure = onFailure;
  }

  changed(...sections: readonly BoardSection[]): void {
    for (const reader of this.#readers) reader.changed(sections);
  }

  /** Each second: a page that hears nothing for longer than that says that it has no contact, so the time is told at the least. */
  beat(...sections: readonly BoardSection[]): void {
    for (const reader of this.#readers) reader.beat(sections);
  }

  /** What the readers hold is no longer true: they need it all again. */
  restart(): void {
    for (const reader of this.#readers) reader.restart();
  }

  /** @param view asked each time something is about to be sent: with another one the reader gets a snapshot */
  open(view: () => BoardView = () => nobody): FeedReader {
    const oldest = this.#readers.size >= this.#limits.readersMax ? this.#readers.values().next().value : undefined;
    oldest?.close();
    const reader = new FeedReader(this.#clock, this.#source, this.#limits, view, {
      closed: () => this.#readers.delete(reader),
      failed: (error) => this.#onFailure(error),
    });
    this.#readers.add(reader);
    return reader;
  }

  close(): void {
    for (const reader of this.#readers) reader.close();
  }
}

type Unnumbered = DistributiveOmit<FeedMessage, 'number'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

interface SentTrend {
  readonly fromMs: number;
  readonly length: number;
}

interface FeedReaderOwner {
  closed(): void;
  failed(error: unknown): void;
}

export class FeedReader {
  readonly #clock: Clock;
  readonly #source: BoardSource;
  readonly #limits: LiveFeedLimits;
  readonly #owner: FeedReaderOwner;
  readonly #viewNow: () => BoardView;
  #view: BoardView = nobody;
  readonly #dirty = new Set<BoardSection>();
  readonly #told = new ToldBefore();
  /** The session of which the reader has every field; null where it has none. */
  #toldSession: SessionId | null = null;
  #snapshotDue = true;
  #number = 0;
  #acknowledged = 0;
  #credits: number;
  #creditedAtMs: number;
  #sentTrend: SentTrend | null = null;
  #beatDue = false;
  #waiting: ((message: FeedMessage | null) => void) | null = null;
  #timer: Cancel | null = null;
  #closed = false;

  constructor(clock: Clock, source: BoardSource, limits: LiveFeedLimits, view: () => BoardView, owner: FeedReaderOwner) {
    this.#viewNow = view;
    this.#clock = clock;
    this.#source = source;
    this.#limits = limits;
    this.#owner = owner;
    this.#credits = limits.burst;
    this.#creditedAtMs = clock.monoMs();
  }

  /** The next message when there is something to say and the reader keeps up; null once closed. */
  next(): Promise<FeedMessage | null> {
    if (this.#closed) return Promise.resolve(null);
    if (this.#waiting !== null) throw new Error('a feed reader was asked for two messages at once');
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#send();
    });
  }

  acknowledge(number: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(number, this.#number));
    this.#send();
  }

  changed(sections: readonly BoardSection[]): void {
    for (const section of sections) this.#dirty.add(section);
    this.#send();
  }

  beat(sections: readonly BoardSection[]): void {
    this.#beatDue = true;
    this.changed(sections);
  }

  restart(): void {
    this.#snapshotDue = true;
    this.#send();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#timer?.();
    this.#owner.closed();
    this.#waiting?.(null);
    this.#waiting = null;
  }

  #send(): void {
    if (this.#waiting === null || this.#closed) return;
    if (!this.#snapshotDue && this.#dirty.size === 0) return;
    if (this.#number - this.#acknowledged >= this.#limits.unacknowledgedMax) {
      this.#snapshotDue = true;
      return;
    }
    // Waveforms have a pace of their own: they take nothing of what a value or a tap may need a moment later.
    const paid = !this.#snapshotDue && this.#dirty.size === 1 && this.#dirty.has('waves') ? 0 : 1;
    const waitMs = paid === 0 ? 0 : this.#takeCredit();
    if (waitMs > 0) {
      this.#timer ??= this.#clock.after(waitMs, () => {
        this.#timer = null;
        this.#send();
      });
      return;
    }
    const waiting = this.#waiting;
    try {
      const message = this.#compose();
      if (message === null) {
        // It said what the reader knows: what comes next must not wait for that.
        this.#credits += paid;
        return;
      }
      this.#waiting = null;
      waiting(message);
    } catch (error) {
      // Whoever reported the change has nothing to do with it. A reader without an answer would wait for ever.
      this.close();
      this.#owner.failed(error);
    }
  }

  /** Takes a credit, or says how long until there is one. */
  #takeCredit(): number {
    const perMs = this.#limits.messagesPerSecond / 1000 / this.#clock.rate;
    const nowMs = this.#clock.monoMs();
    this.#credits = Math.min(this.#limits.burst, this.#credits + (nowMs - this.#creditedAtMs) * perMs);
    this.#creditedAtMs = nowMs;
    // A hair less than one is one: fractions of milliseconds must not turn into another wait.
    if (this.#credits < 0.999) return (1 - this.#credits) / perMs;
    this.#credits -= 1;
    return 0;
  }

  /** null where there is nothing to say that the reader does not know. */
  #compose(): FeedMessage | null {
    // Whoever left sees nothing of the session from the very next message on.
    const view = this.#viewNow();
    if (JSON.stringify(view) !== JSON.stringify(this.#view)) this.#snapshotDue = true;
    this.#view = view;
    const trend = this.#source.trend(view);
    const tail = this.#trendTail(trend);
    const content = this.#snapshotDue || tail === 'broken' ? this.#snapshot(trend) : this.#change(tail);
    this.#snapshotDue = false;
    this.#dirty.clear();
    if (content === null) return null;
    this.#beatDue = false;
    this.#sentTrend = trend === null ? null : { fromMs: trend.fromMs, length: trend.length };
    this.#number += 1;
    return { ...content, number: this.#number };
  }

  #snapshot(trend: TrendColumns | null): Unnumbered {
    this.#told.forget();
    const section = <K extends BoardSection>(name: K): RoomBoard[K] => {
      const drawn = this.#source.section(name, this.#view);
      if (name !== 'session') this.#told.isNew(name, drawn);
      return drawn;
    };
    const session = section('session');
    this.#noteSession(session);
    const board: RoomBoard = {
      room: section('room'),
      clock: section('clock'),
      recording: section('recording'),
      monitors: section('monitors'),
      vitals: section('vitals'),
      waves: section('waves'),
      staff: section('staff'),
      here: section('here'),
      cover: section('cover'),
      session,
      trend: trend === null ? null : sliceTrend(trend, 0),
    };
    return { kind: 'snapshot', board };
  }

  #change(tail: TrendColumns | null): Unnumbered | null {
    const sections: Partial<Record<BoardSection, unknown>> = {};
    let sessionChange: Partial<SessionView> = {};
    for (const name of this.#dirty) {
      const section = this.#source.section(name, this.#view);
      if (name === 'session') {
        const session = section as RoomBoard['session'];
        const isSame = (session?.sessionId ?? null) === this.#toldSession;
        const changed = this.#noteSession(session);
        if (!isSame) sections.session = session;
        else sessionChange = changed;
      } else if (this.#told.isNew(name, section)) sections[name] = section;
    }
    const changesSession = Object.keys(sessionChange).length > 0;
    const isNews = Object.keys(sections).length > 0 || changesSession || tail !== null;
    if (!isNews && !this.#beatDue) return null;
    // The reader goes by the time of every message.
    const clock = this.#source.section('clock', this.#view);
    if (this.#told.isNew('clock', clock)) sections.clock = clock;
    return {
      kind: 'change',
      sections: sections as Partial<RoomBoard>,
      ...(changesSession ? { sessionChange } : {}),
      ...(tail === null ? {} : { trendTail: tail }),
    };
  }

  /** Returns the fields that the reader does not have so. */
  #noteSession(session: RoomBoard['session']): Partial<SessionView> {
    this.#toldSession = session?.sessionId ?? null;
    if (session === null) return {};
    return Object.fromEntries(Object.entries(session).filter(([field, value]) => this.#told.isNew(`session.${field}`, value)));
  }

  /** What to append to the reader's columns; `broken` where they do not continue and it needs a snapshot. */
  #trendTail(trend: TrendColumns | null): TrendColumns | null | 'broken' {
    if (trend === null) return this.#sentTrend === null ? null : 'broken';
    const sent = this.#sentTrend;
    if (sent === null) return 'broken';
    if (sent.fromMs !== trend.fromMs || sent.length > trend.length) return 'broken';
    return sent.length === trend.length ? null : sliceTrend(trend, sent.length);
  }
}

/** Most seconds change nothing of a session: what the reader has already is not sent, nor drawn, again. */
class ToldBefore {
  readonly #last = new Map<string, { readonly value: unknown; readonly text: string }>();

  forget(): void {
    this.#last.clear();
  }

  isNew(name: string, value: unknown): boolean {
    const last = this.#last.get(name);
    // Nobody changes in place what was drawn once, so the same object says the same.
    if (last?.value === value) return false;
    const text = JSON.stringify(value);
    this.#last.set(name, { value, text });
    return last?.text !== text;
  }
}

function sliceTrend(trend: TrendColumns, from: number): TrendColumns {
  const fromMs = trend.fromMs + from * trend.stepMs;
  const breaks = Object.entries(trend.breaks ?? {}).map(([metric, times]) => [metric, times.filter((atMs) => atMs >= fromMs)] as const);
  const columns = Object.fromEntries(Object.entries(trend.columns).map(([metric, values]) => [metric, values.slice(from)]));
  return {
    fromMs,
    stepMs: trend.stepMs,
    length: trend.length - from,
    columns: columns as TrendColumns['columns'],
    ...(breaks.some(([, times]) => times.length > 0) ? { breaks: Object.fromEntries(breaks) } : {}),
  };
}
