import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import type { SessionCommand } from '../../../shared/contract/session-commands.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import { dayOf, type UtcMs } from '../../../shared/values/instant.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import type { Cancel, Ids, Log } from '../platform/platform.ts';
import type { SteadyClock } from '../platform/steady-clock.ts';
import { decideSession, foreseeSession, targetOf, type Foreseen } from '../session/decide/decide-session.ts';
import { decideOpening } from '../session/room/opening.ts';
import type { DecisionContext, Refused } from '../session/decide/decision.ts';
import { isRemoteSession } from '../session/questions/remote-session.ts';
import { evolveRoom, foldRoom, type RoomState } from '../session/room/room-state.ts';
import type { NewEvent, RecordedEvent } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';
import { evolveStaff, foldStaff, type Person, type StaffDirectory } from '../staff/person.ts';
import type { RoomTask } from '../../../shared/contract/role-table.ts';
import { roleRefusal, roomRoleRefusal } from '../staff/roles.ts';
import { actingPerson } from '../staff/authentication.ts';
import type { LockoutClock } from '../staff/lockout.ts';
import type { RecordedEventDraft } from '../store/event-log.ts';
import { decisionContext, lastSaid } from './decision-context.ts';
import { commandOfAct, recordedOf, type Act, type Recorded } from './act.ts';
import { commandOf, recallCommand, type Command } from './command.ts';
import type { Opening } from './opening.ts';
import { byService, type Origin } from './origin.ts';
import { keptUntilMs, pauseOf, recordingGap } from './recording-gap.ts';
import { ReadingSeconds, type ArrivedReading, type ReadingSecond } from './reading-seconds.ts';
import { SessionClock } from './session-clock.ts';
import { SessionCache } from './session-cache.ts';
import type { Storage } from './storage.ts';
import type { ArrivedWave } from './wave-blocks.ts';
import { WaveWriter } from './wave-writer.ts';
import { storedSeconds, writeSeconds } from './write-seconds.ts';

/** Called once the events are on disk. An error that a listener throws is logged, because the events are recorded by then. */
export interface RecorderListener {
  events(events: readonly RecordedEvent[]): void;
  /** The seconds before `untilMs` are complete. */
  readings(sessionId: SessionId, seconds: readonly ReadingSecond[], untilMs: UtcMs): void;
}

export interface RecorderOptions {
  readonly clock: SteadyClock;
  readonly ids: Ids;
  readonly log: Log;
  readonly version: string;
  readonly listener: RecorderListener;
  /** Whether a monitor gives live values now. */
  readonly monitorLive: () => boolean;
  /** What a decision may ask of the session's readings. */
  readonly evidence?: (state: SessionState) => Pick<DecisionContext, 'vitals' | 'seal'>;
  /** How many seconds of readings come to the disk at a time; 1 where left out. */
  readonly secondsPerWrite?: (() => number) | undefined;
}

const secondMs = 1000;
/** A second is written when it is surely over. */
const afterSecondMs = 5;
/** What monitors' links did while nothing could be written; eight cables pulled a few times. */
const unwrittenLinksMax = 100;

/**
 * The only writer. Every command and every batch of readings is decided by pure rules, appended in one
 * transaction, folded, and only then published or answered.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #storage: Storage;
  readonly #bootId: string;
  readonly #sessions: SessionCache;
  readonly #seconds = new ReadingSeconds();
  readonly #waves: WaveWriter;
  #stop: Cancel = () => undefined;
  #room: RoomState;
  #staff: StaffDirectory;
  #session: SessionState | null = null;
  #unwrittenLinks: NewEvent[] = [];
  readonly #sessionClock: SessionClock;
  /** Of the session that was open at the start of this service: until when it is on disk. */
  readonly #keptMs: UtcMs;

  /** Reads the log; writes nothing before `start`. */
  constructor(storage: Storage, options: RecorderOptions) {
    const { clock, ids } = options;
    this.#options = options;
    this.#storage = storage;
    this.#bootId = ids.uuid();
    this.#waves = new WaveWriter(options.log);
    const { events } = storage.store;
    const ofRoom = events.readRoom();
    this.#room = foldRoom(ofRoom);
    const staff = foldStaff(ofRoom);
    this.#staff = foldStaff(
      [...staff.people.keys()].flatMap((personId) => events.readRefusals(personId)),
      staff,
    );
    this.#sessions = new SessionCache(() => storage.store);
    this.#session = this.#sessions.findOpen();
    this.#sessionClock = new SessionClock(clock);
    this.#keptMs = this.#session === null ? 0 : keptUntilMs(storage.store, this.#session);
    this.#sessionClock.keepTo(this.#session, this.#keptMs);
  }

  /** Says that the service started and, where a session was running, what was missed of it; then writes once a second. */
  start(): void {
    const { clock, log, version } = this.#options;
    const { headWasMissing, checkpoints } = this.#storage.store;
    const body = { version, bootId: this.#bootId, checkpointKey: checkpoints.publicKey };
    this.#record([{ kind: 'service-started', body: headWasMissing ? { ...body, keptHead: 'missing' } : body }], byService(null));
    if (headWasMissing) log.warn('kept-head-missing', {});
    const { session } = this;
    const gap = session && recordingGap(this.#keptMs, clock.now().utcMs, pauseOf(session, this.room, this.#sessionClock.step('at-once')));
    if (gap !== null) this.#record([gap], byService(session));
    this.#noteClockStep('at-once');
    this.#awaitSecond();
  }

  get room(): RoomState {
    return this.#room;
  }

  get staff(): StaffDirectory {
    return this.#staff;
  }

  get sessions(): SessionCache {
    return this.#sessions;
  }

  get storage(): Storage {
    return this.#storage;
  }

  /** The session that is open in this room now. */
  get session(): SessionState | null {
    return this.#session;
  }

  /** For lockouts. */
  get lockoutClock(): LockoutClock {
    const { clock } = this.#options;
    return { monoMs: clock.monoMs(), bootId: this.#bootId };
  }

  execute(act: Act, sessionId: SessionId, command: SessionCommand): Recorded {
    const about = commandOfAct(act, sessionId, command);
    const before = this.recall(about);
    if (before !== null) return recordedOf(before);
    const state = this.#sessions.require(sessionId);
    const decision = decideSession(state, command, { ...this.#decisionContext(act, state), answers: act.answers ?? [] });
    if ('refusal' in decision) throw new RefusedError(decision.refusal);
    const kinds = new Set(decision.events.map(({ kind }) => kind));
    // What was done to the clock by now is of what runs now: an undo may take a session up again.
    if (kinds.has('session-ended') || kinds.has('event-undone')) this.#noteClockStep('at-once');
    // What was read up to the end belongs to the session; afterwards there is no session to write it to.
    if (kinds.has('session-ended')) this.#flush('all');
    return recordedOf(
      this.#record([...decision.events, ...(act.also ?? [])], { sessionId, actor: { personId: act.personId }, command: about }),
    );
  }

  /** What this command would make of the session. Writes nothing. */
  foresee(personId: PersonId, sessionId: SessionId, command: SessionCommand): (Foreseen & { readonly protocol: Protocol }) | Refused {
    const state = this.#sessions.require(sessionId);
    const context = this.#decisionContext({ personId }, state);
    const foreseen = foreseeSession(state, command, context);
    return 'refusal' in foreseen ? foreseen : { ...foreseen, protocol: context.protocol };
  }

  openSession(act: Act, opening: Opening): SessionId {
    const command = commandOf(act.commandId, 'session.open', act.personId, opening);
    const before = this.recall(command)?.[0]?.sessionId ?? null;
    if (before !== null) return before;
    this.requireRole(act.personId, 'open-session');
    const decision = decideOpening({
      patient: this.#room.patients.get(opening.patientId) ?? null,
      protocol: this.#room.protocols.inForce(opening.protocolId, dayOf(this.#options.clock.now())),
      course: opening.course,
      sex: lastSaid(this.#sessions, opening.patientId, ({ sex }) => sex?.sex),
      openFor: this.session?.opened.patientName ?? null,
    });
    if ('refusal' in decision) throw new RefusedError(decision.refusal);
    // What was done to the clock before is nothing of this session's.
    this.#noteClockStep('at-once');
    const sessionId = this.#options.ids.uuid();
    this.#record(decision.events, { sessionId, actor: { personId: act.personId }, command });
    return sessionId;
  }

  /** Writes what was decided beside the commands of a session: about the room, its people or its patients, or that a private note exists. */
  recordRoom(
    decision: { readonly events: readonly NewEvent[] } | { readonly refusal: Refusal },
    by: PersonId | null,
    command: Command | null = null,
    sessionId: SessionId | null = null,
  ): void {
    if ('refusal' in decision) throw new RefusedError(decision.refusal);
    if (command !== null && this.recall(command) !== null) return;
    // The mark of a private note in its session is made up for also when its author has left.
    if (by !== null && sessionId === null && this.#staff.people.has(by)) this.#person(by);
    this.#record(decision.events, { sessionId, actor: by === null ? 'service' : { personId: by }, command });
  }

  /** What this very call led to before; null where its id is new. Throws `RefusedError` where the id is another act's, and as `Storage.refuseInDoubt`. */
  recall(command: Command): readonly RecordedEvent[] | null {
    this.#storage.refuseInDoubt(command.commandId);
    return recallCommand(this.#storage.store.events, command);
  }

  /** What a monitor's link did, in the record of the running session; outside one it is nobody's. */
  recordLink(event: NewEvent<'monitor-lost'> | NewEvent<'monitor-live'> | NewEvent<'device-clock-noted'>): void {
    if (this.#session === null || this.isRemote) return;
    const timed: NewEvent = { ...event, occurred: this.#options.clock.now() };
    try {
      this.#record([timed], byService(this.#session));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // Written when the disk takes it again, or the gap of a cable would begin or end nowhere.
      this.#unwrittenLinks = [...this.#unwrittenLinks, timed].slice(-unwrittenLinksMax);
    }
  }

  /** The running session's patient is elsewhere, and at no monitor of this room. */
  get isRemote(): boolean {
    return isRemoteSession(this.#session, this.#room.protocols);
  }

  /** Kept until the second is over, then written with it. Outside a session nothing is kept. */
  takeReadings(arrived: readonly ArrivedReading[]): void {
    if (this.#session === null || this.isRemote) return;
    for (const reading of arrived) this.#seconds.take(reading);
  }

  /** Kept until a block is complete. Outside a session nothing is kept. */
  takeWaves(arrived: readonly ArrivedWave[]): void {
    if (this.#session !== null && !this.isRemote) this.#waves.take(arrived);
  }

  requireRole(personId: PersonId, task: RoomTask): void {
    const refusal = roomRoleRefusal(this.#person(personId).role, task);
    if (refusal !== null) throw new RefusedError(refusal);
  }

  /** Why this person's role may not do this, or null; whatever else stands in its way, the command says. */
  roleRefusal(personId: PersonId, sessionId: SessionId, command: SessionCommand): Refusal | null {
    return roleRefusal(this.#person(personId).role, command, targetOf(this.#sessions.find(sessionId), command));
  }

  close(): void {
    this.#stop();
    try {
      this.#flush('all');
    } finally {
      this.#storage.close();
    }
  }

  #person(personId: PersonId): Person {
    const person = actingPerson(this.#staff, personId);
    if ('refusal' in person) throw new RefusedError(person.refusal);
    return person;
  }

  #decisionContext(act: Omit<Act, 'commandId'>, state: SessionState): DecisionContext {
    const second = act.secondPersonId ? this.#person(act.secondPersonId) : null;
    const actors = { person: this.#person(act.personId), second, ownPinChecked: act.ownPinChecked === true };
    const openSessionId = this.#session?.sessionId ?? null;
    return decisionContext(actors, state, {
      options: this.#options,
      room: this.#room,
      staff: this.#staff,
      sessions: this.#sessions,
      openSessionId,
    });
  }

  #record(events: readonly NewEvent[], origin: Origin): readonly RecordedEvent[] {
    const recorded = this.#storage.appendEvents(this.#drafts(events, origin), origin.command?.digest ?? null);
    this.#fold(recorded);
    this.#contain('events-listener', () => this.#options.listener.events(recorded));
    return recorded;
  }

  #drafts(events: readonly NewEvent[], { command, ...origin }: Origin): readonly RecordedEventDraft[] {
    const { clock, ids } = this.#options;
    const now = clock.now();
    const monoMs = clock.monoMs();
    return events.map(
      (event) =>
        ({
          ...origin,
          commandId: command?.commandId ?? null,
          eventId: ids.uuid(),
          kind: event.kind,
          body: event.body,
          occurred: event.occurred ?? now,
          recorded: now,
          monoMs,
          bootId: this.#bootId,
          supersedes: event.supersedes ?? null,
        }) as RecordedEventDraft,
    );
  }

  #fold(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      this.#room = evolveRoom(this.#room, event);
      this.#staff = evolveStaff(this.#staff, event);
    }
    this.#sessions.take(events);
    this.#session = this.#sessions.openAfter(events, this.#session);
    this.#sessionClock.keepTo(this.#session);
    if (this.#session !== null) return;
    this.#seconds.clear();
    this.#waves.clear();
    this.#unwrittenLinks = [];
  }

  /** A turn just after each whole second, so that a reading waits for its own second and no longer. */
  #awaitSecond(): void {
    const { clock, secondsPerWrite } = this.#options;
    const waitMs = (secondsPerWrite?.() ?? 1) * secondMs - (clock.now().utcMs % secondMs) + afterSecondMs;
    this.#stop = clock.after(waitMs, () => {
      this.#awaitSecond();
      this.#turn();
    });
  }

  /** Nothing that fails here may keep the next second from being written, nor end the process. */
  #turn(): void {
    this.#contain('try-again', () => this.#tryAgain());
    this.#contain('note-clock-step', () => this.#noteClockStep('in-turn'));
    this.#contain('write-seconds', () => this.#flush('over'));
    this.#contain('keep-proof', () => this.#storage.keepProof(this.#options.clock.monoMs()));
  }

  #contain(step: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      // A refusal of the disk is said on the screen by the storage's state; what was to be written stays until it can be.
      if (!(error instanceof RefusedError)) this.#options.log.error('recorder-step-failed', { step, error: errorForLog(error) });
    }
  }

  /** Writes the seconds that are over, or all. */
  #flush(which: 'over' | 'all'): void {
    if (this.#session === null || this.#storage.state.state === 'stopped') return;
    const origin = { sessionId: this.#session.sessionId, bootId: this.#bootId };
    const seconds = this.#seconds.pending(which === 'all' ? null : this.#runningSecondMs());
    const { written, unwritable } = writeSeconds(this.#storage, seconds, origin);
    this.#seconds.written(seconds);
    for (const { second, error } of unwritable) {
      this.#options.log.error('second-not-writable', { monitorId: second.monitorId, error: errorForLog(error) });
    }
    this.#publishSeconds(origin.sessionId, written);
    this.#waves.flush(this.#storage, origin, which === 'all' ? null : this.#options.clock.monoMs());
  }

  #publishSeconds(sessionId: SessionId, seconds: readonly ReadingSecond[]): void {
    this.#contain('readings-listener', () => this.#options.listener.readings(sessionId, seconds, this.#runningSecondMs()));
  }

  #runningSecondMs(): UtcMs {
    return Math.floor(this.#options.clock.now().utcMs / secondMs) * secondMs;
  }

  /** After a failure: opens the store anew and says in the record what was missed. */
  #tryAgain(): void {
    const { state } = this.#storage;
    if (state.state !== 'stopped') return;
    const { clock, log, listener } = this.#options;
    const origin = byService(this.#session);
    const drafts = (): readonly RecordedEventDraft[] => {
      const toMs = clock.now().utcMs;
      const gap: NewEvent = { kind: 'recording-gap', body: { fromMs: Math.min(state.sinceMs, toMs), toMs, cause: 'storage' } };
      return this.#drafts([gap, ...this.#unwrittenLinks], origin);
    };
    const events = this.#storage.tryAgain(drafts);
    if (events === null) return;
    this.#unwrittenLinks = [];
    const droppedSeconds = this.#seconds.takeDropped();
    log.warn('recording-resumed', { stoppedMs: clock.now().utcMs - state.sinceMs, droppedSeconds });
    this.#fold(events);
    this.#contain('events-listener', () => listener.events(events));
    if (this.#session === null) return;
    const { sessionId } = this.#session;
    const stored = storedSeconds(this.#storage, this.#seconds.pending(null), { sessionId, bootId: this.#bootId });
    this.#seconds.written(stored);
    this.#publishSeconds(sessionId, stored);
  }

  #noteClockStep(when: Parameters<SessionClock['step']>[0]): void {
    const step = this.#sessionClock.step(when);
    if (step === null) return;
    this.#record([step], byService(this.#session));
    this.#sessionClock.said();
  }
}
