import type { StartStep } from '../../shared/boot/boot-message.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import type { WaveWindow } from '../../shared/contract/board/waves.ts';
import type { SessionId } from '../../shared/values/ids.ts';
import { dayOf, type UtcMs } from '../../shared/values/instant.ts';
import { join } from 'node:path';
import { createAcquisition, type Acquisition } from './acquisition/acquisition.ts';
import { Captures } from './acquisition/captures.ts';
import { clinicDrivers } from './acquisition/clinic-drivers.ts';
import type { LinkChange, MonitorConfig } from './acquisition/monitor-connection.ts';
import type { OpenRoom } from './api/call-context.ts';
import { ObservationDrafts } from './api/observation-drafts.ts';
import { Seats } from './api/seats.ts';
import { errorForLog } from './platform/error-for-log.ts';
import { sessionSource, type SessionSource, type SourceRoom } from './export/record/session-source.ts';
import { proveRecord, type RecordSealed } from './export/record/record-proof.ts';
import type { Cancel, Ids, Log, Platform } from './platform/platform.ts';
import { atOnce } from './platform/in-turns.ts';
import type { HashCost } from './platform/slow-hash.ts';
import { createSteadyClock, type SteadyClock } from './platform/steady-clock.ts';
import { RecordReadings } from './projection/record-readings.ts';
import { LookList } from './projection/look-list.ts';
import { RoomDrugLog } from './projection/room-drug-log.ts';
import { LiveFeed } from './projection/live-feed.ts';
import { roomBoard } from './projection/room-board.ts';
import { sessionReadings, type ReadVitals, type SessionReadings } from './projection/session-readings.ts';
import { SessionRecords } from './projection/session-records.ts';
import { waveWindow } from './projection/wave-window.ts';
import type { ReadingSecond } from './recorder/reading-seconds.ts';
import { CommandLooks } from './recorder/command-looks.ts';
import { Looks } from './recorder/looks.ts';
import { PrivateNotes } from './recorder/private-notes.ts';
import { Recorder } from './recorder/recorder.ts';
import { RoomBackups, type BackupMaker } from './recorder/room-backups.ts';
import { RecoveryKeys } from './recorder/recovery-keys.ts';
import { recordingSection } from './recorder/recording-section.ts';
import { Storage } from './recorder/storage.ts';
import type { BytePorts } from './platform/byte-ports.ts';
import { isGiving } from './serial/link-state.ts';
import type { RecordedEvent } from './session/events/session-event.ts';
import type { SessionState } from './session/state/session-state.ts';
import { decideSignOut } from './staff/authentication.ts';
import { dataFolderAt } from './store/data-folder.ts';
import type { DataKey } from './store/data-key.ts';
import { readClinicTable } from './store/clinic-table.ts';
import { openPrivateNotes, privateNotesBegun } from './store/private-notes.ts';
import { recordProof } from './store/entry-proof.ts';
import { recordSeal } from './store/record-seal.ts';
import { openStore, type Store } from './store/store.ts';
import { typedFigures } from './typed-figures.ts';
import { nameAt, namesIn } from './staff/names.ts';
import type { NameOf } from './session/events/session-event.ts';

export interface RoomOptions {
  readonly platform: Platform;
  readonly folder: string;
  readonly key: DataKey;
  /** As in `OpenStoreOptions`. */
  readonly checkpointSeed?: Uint8Array | undefined;
  readonly demo: boolean;
  readonly version: string;
  /** More than 1 only where a demo catches up. */
  readonly secondsPerWrite?: () => number;
  /** Makes its backups by the schedule; left out: it makes none. */
  readonly backups?: BackupMaker | undefined;
  /** As in `OpenStoreOptions`. */
  readonly onStep?: ((step: StartStep) => void) | undefined;
}

const turnMs = 1000;

/**
 * One room, open: its record and what stands on it.
 *
 *   monitors ─► acquisition ─► recorder ─► store, and then ─► session readings ─► board ─► feed
 *
 * Throws `StoreError` where the record cannot be opened; nothing runs then.
 */
export class Room implements OpenRoom {
  readonly clock: SteadyClock;
  readonly ids: Ids;
  readonly ports: BytePorts;
  readonly hashCost: HashCost;
  readonly log: Log;
  readonly recorder: Recorder;
  readonly acquisition: Acquisition;
  readonly captures: Captures;
  readonly records: SessionRecords;
  readonly drugLog: RoomDrugLog;
  readonly privateNotes: PrivateNotes;
  readonly recoveryKeys: RecoveryKeys;
  readonly looks: Looks;
  readonly lookList: LookList;
  readonly feed: LiveFeed;
  readonly seats: Seats;
  readonly observationDrafts = new ObservationDrafts();
  readonly #storage: Storage;
  readonly #backups: RoomBackups | null;
  readonly #stop: Cancel;
  readonly #recordReadings = new RecordReadings(() => this.#storage.store);
  #readings: SessionReadings | null = null;

  constructor({ platform, folder, key, checkpointSeed, demo, version, secondsPerWrite, backups, onStep }: RoomOptions) {
    const { ids, log, ports, hashCost } = platform;
    const clock = createSteadyClock(platform.clock);
    const open = (): Store => openStore({ folder, key, checkpointSeed, ids, version, onStep });
    this.clock = clock;
    this.ids = ids;
    this.ports = ports;
    this.hashCost = hashCost;
    this.log = log;
    this.seats = new Seats(clock, ids);
    this.#storage = new Storage(clock, open(), open, () => this.feed.changed('recording'));
    const onChange = (): void => this.feed.changed('monitors');
    const seal = { key, randomBytes: (count: number) => ids.randomBytes(count) };
    this.captures = new Captures({ clock, log, folder: join(folder, 'captures'), version, seal, onChange });
    this.acquisition = this.#createAcquisition(folder);
    this.recorder = new Recorder(this.#storage, {
      clock,
      ids,
      log,
      version,
      secondsPerWrite,
      monitorLive: () => this.#isMonitorLive(),
      evidence: (state) => ({
        vitals: () => this.#vitalsOf(state),
        seal: () => this.#sealOf(state),
      }),
      listener: {
        events: (events) => this.#recorded(events),
        readings: (sessionId, seconds, untilMs) => this.#secondsKept(sessionId, seconds, untilMs),
      },
    });
    const ofCommands = new CommandLooks({ folder, key, log, record: (events, about) => this.recorder.recordRoom({ events }, null, about) });
    this.looks = new Looks({ clock, log, ofCommands, record: (events) => this.recorder.recordRoom({ events }, null) });
    this.lookList = new LookList({ recorder: this.recorder, events: () => this.#storage.store.events });
    this.#backups = backups === undefined ? null : this.#createBackups(folder, backups);
    this.privateNotes = new PrivateNotes({
      clock,
      ids,
      log,
      recorder: this.recorder,
      key,
      hashCost,
      holderOf: (seat) => this.seats.holder(seat),
      openFile: () => openPrivateNotes(folder, key, ids),
      isBegun: () => privateNotesBegun(dataFolderAt(folder)),
    });
    this.recoveryKeys = new RecoveryKeys({ clock, ids, recorder: this.recorder, folder, key });
    try {
      this.records = this.#createRecords();
      this.drugLog = this.#createDrugLog();
      this.feed = new LiveFeed(clock, this.#createBoard(folder, demo, version), undefined, (error) =>
        log.error('board-not-drawn', { error: errorForLog(error) }),
      );
      this.#readings = this.#readReadings();
      this.recorder.start();
      if (this.#storage.store.checkpoints.isNewKey) log.warn('checkpoint-key-new');
      this.privateNotes.start();
      this.connectMonitors();
      this.#stop = clock.every(turnMs, () => this.#turn());
    } catch (error) {
      void this.acquisition.close();
      this.privateNotes.closeAll();
      this.recorder.close();
      throw error;
    }
  }

  #createBackups(folder: string, maker: BackupMaker): RoomBackups {
    const { clock, log, recorder } = this;
    return new RoomBackups({ clock, log, folder, maker, session: () => recorder.session, onChange: () => this.feed.changed('room') });
  }

  #createAcquisition(folder: string): Acquisition {
    return createAcquisition({
      captures: this.captures,
      clock: this.clock,
      ports: this.ports,
      log: this.log,
      findDriver: clinicDrivers((fileName) => readClinicTable(folder, fileName), this.log),
      onReadings: (batch) => {
        this.recorder.takeReadings(batch);
        this.feed.changed('vitals');
      },
      onWaves: (pieces, due) => {
        this.recorder.takeWaves(pieces);
        if (due) this.feed.changed('waves');
      },
      onLinkChange: (change) => this.#linkChanged(change),
      onClockJump: (monitor, { offsetMs, byMs }) => this.#noteClock(monitor, offsetMs, byMs),
      notKept: () => (this.#storage.state.state === 'stopped' ? 'received and shown, not recorded' : null),
    });
  }

  #sealOf(state: SessionState): ReturnType<typeof recordSeal> {
    return this.#sealThrough(state, state.log.at(-1)?.seq ?? 0);
  }

  #sealThrough(state: SessionState, throughSeq: number): ReturnType<typeof recordSeal> {
    return recordSeal(this.#storage.store, state.sessionId, throughSeq, () => this.#recordReadings.seal(state));
  }

  #vitalsOf(state: SessionState): ReadVitals {
    return this.#readings?.sessionId === state.sessionId ? this.#readings.vitals : this.#recordReadings.vitals(state);
  }

  /** Does what the record of a session needs, to be shown, signed or written, in short steps. */
  *gatherRecord(sessionId: SessionId): Generator<void> {
    const state = this.recorder.sessions.find(sessionId);
    if (state !== null) yield* this.#recordReadings.gather(state, this.clock.now().utcMs);
  }

  sessionSource(sessionId: SessionId): SessionSource {
    const { room, staff } = this.recorder;
    const { readings, database, events } = this.#storage.store;
    const state = this.records.find(sessionId);
    const proof: SourceRoom['proof'] = (id, withheld) => database.read((connection) => recordProof(connection, id, withheld));
    const recordHash = (_id: SessionId, throughSeq: number) => this.#sealThrough(state, throughSeq)?.recordHash ?? null;
    const { roomId } = events.head;
    const from = { roomId, room, readings, vitals: (of: SessionState) => this.#vitalsOf(of), recordHash, proof, names: staff.people };
    return sessionSource(from, state, this.clock.now().utcMs);
  }

  recordProof(sessionId: SessionId): RecordSealed {
    const state = this.records.find(sessionId);
    return proveRecord(state, (throughSeq) => this.#sealThrough(state, throughSeq)?.recordHash ?? null);
  }

  waveWindow(sessionId: SessionId, fromMs: UtcMs, toMs: UtcMs): WaveWindow {
    const { waves } = this.#storage.store;
    return { any: waves.hasAny(sessionId), signals: waveWindow(waves.readWindow(sessionId, fromMs, toMs), fromMs, toMs) };
  }

  connectMonitors(): void {
    this.acquisition.configure([...this.recorder.room.monitors.values()]);
  }

  async close(): Promise<void> {
    this.#stop();
    this.#backups?.close();
    this.feed.close();
    this.privateNotes.closeAll();
    try {
      await this.acquisition.close();
      await this.captures.close();
    } finally {
      this.looks.flush();
      this.recorder.close();
    }
  }

  #createRecords(): SessionRecords {
    const { recorder } = this;
    return new SessionRecords({
      patients: () => recorder.room.patients,
      find: (sessionId) => recorder.sessions.find(sessionId),
      vitals: (state) => this.#vitalsOf(state),
      facts: (sessionId) => recorder.sessions.facts(sessionId),
      gatherFacts: (sessionIds) => recorder.sessions.gatherFacts(sessionIds),
      newest: (max) => recorder.sessions.newest(max),
      ofPatient: (patientId) => recorder.sessions.ofPatient(patientId),
      namesIn: (state) => this.#namesIn(state),
      protocols: () => recorder.room.protocols,
      today: () => dayOf(this.clock.now()),
      offsetMin: () => this.clock.now().offsetMin,
      formats: () => recorder.room.formats,
      recordHash: (state) => this.#sealOf(state)?.recordHash ?? null,
      nowMs: () => this.clock.now().utcMs,
      privateMarksShown: () => recorder.room.privateNotes.marksShown,
    });
  }

  #createDrugLog(): RoomDrugLog {
    const { recorder } = this;
    return new RoomDrugLog({
      log: () => this.#storage.store,
      facts: (sessionId) => recorder.sessions.facts(sessionId),
      gatherFacts: (sessionIds) => recorder.sessions.gatherFacts(sessionIds),
      patientOf: (sessionId) => recorder.sessions.opening(sessionId),
      nameAt: (personId, seq) => nameAt(recorder.staff.people, personId, seq),
    });
  }

  #createBoard(folder: string, demo: boolean, version: string): ReturnType<typeof roomBoard> {
    const { clock, recorder, acquisition, seats } = this;
    return roomBoard({
      clock,
      version,
      demo,
      room: () => recorder.room,
      staff: () => recorder.staff,
      present: () => seats.present,
      session: () => recorder.session,
      readings: () => this.#readings,
      monitors: () => acquisition.statuses(),
      vitals: () => this.#vitals(),
      waves: () => (recorder.session === null || recorder.isRemote ? [] : acquisition.waves()),
      monitorLive: () => this.#isMonitorLive(),
      recording: () => recordingSection(this.#storage, folder),
      backups: () => this.#backups?.section ?? null,
    });
  }

  #vitals(): RoomBoard['vitals'] {
    const { session } = this.recorder;
    const typed = session === null ? [] : typedFigures(session.vitals, this.#namesIn(session));
    return this.acquisition.vitals(typed, !this.recorder.isRemote);
  }

  #isMonitorLive(): boolean {
    return !this.recorder.isRemote && this.acquisition.statuses().some((status) => isGiving(status.state));
  }

  #namesIn({ log }: SessionState): NameOf {
    return namesIn(this.recorder.staff.people, log);
  }

  #readReadings(): SessionReadings | null {
    const { session } = this.recorder;
    return session === null ? null : atOnce(sessionReadings(this.#storage.store.readings, session.sessionId, session.openedMs));
  }

  #recorded(events: readonly RecordedEvent[]): void {
    // An undone end opens a session again, so any change of which one is open counts, not only an opening.
    if (this.recorder.session?.sessionId !== this.#readings?.sessionId) this.#readings = this.#readReadings();
    this.drugLog.take(events);
    const ofRoom = events.some((event) => event.sessionId === null);
    this.feed.changed('recording', 'session', 'cover', 'vitals', ...(ofRoom ? (['room', 'staff', 'monitors'] as const) : []));
  }

  #secondsKept(sessionId: SessionId, seconds: readonly ReadingSecond[], untilMs: UtcMs): void {
    if (this.#readings?.sessionId !== sessionId) return;
    const { trend } = this.#readings;
    for (const { monitorId, at, readings } of seconds) this.#readings.take(monitorId, at.utcMs, readings.values());
    trend.extendTo(untilMs);
    this.feed.changed('recording');
  }

  #linkChanged({ monitorId, monitorName, gap }: LinkChange): void {
    if (gap?.kind === 'lost') {
      const { sinceMs, cause } = gap;
      this.recorder.recordLink({ kind: 'monitor-lost', body: { monitorId, monitorName, sinceMs, cause } });
    } else if (gap?.kind === 'live') {
      const afterMs = gap.afterMs === null ? null : Math.round(gap.afterMs);
      this.recorder.recordLink({ kind: 'monitor-live', body: { monitorId, monitorName, afterMs } });
    }
    this.feed.changed('monitors', 'vitals', 'session', 'cover');
  }

  /** A simulated monitor's clock says nothing about anybody's. */
  #noteClock({ monitorId, name, simulated }: MonitorConfig, offsetMs: number, jumpMs: number | null): void {
    if (!simulated) this.recorder.recordLink({ kind: 'device-clock-noted', body: { monitorId, monitorName: name, offsetMs, jumpMs } });
  }

  /** Once in each session, for each clock that is far from ours. */
  #noteClocksOff(): void {
    const { session } = this.recorder;
    if (session === null) return;
    for (const { config, offsetMs } of this.acquisition.clocksOff()) {
      const isNoted = session.log.some((event) => event.kind === 'device-clock-noted' && event.body.monitorId === config.monitorId);
      if (!isNoted) this.#noteClock(config, offsetMs, null);
    }
  }

  /** Ages, due times and idle seats move with the clock alone. */
  #turn(): void {
    try {
      this.#coverIdleSeats();
      this.#noteClocksOff();
      this.privateNotes.closeLeft();
    } catch (error) {
      this.log.error('idle-seats-kept', { error: errorForLog(error) });
    }
    this.looks.flush();
    this.#keepDerived();
    if (this.recorder.room.setUp !== null) this.#backups?.turn();
    this.feed.beat('monitors', 'vitals', 'session', 'cover', 'staff');
  }

  /** Off the path of whoever asked for it. */
  #keepDerived(): void {
    if (this.#storage.state.state === 'stopped') return;
    try {
      this.drugLog.settle();
      this.#storage.store.derived.flush();
    } catch (error) {
      this.log.error('derived-not-kept', { error: errorForLog(error) });
    }
  }

  /** Not while nothing can be written: an idle seat admits nobody, and that it was given up belongs in the record. */
  #coverIdleSeats(): void {
    if (this.#storage.state.state === 'stopped') return;
    for (const personId of this.seats.coverIdle()) {
      const decision = decideSignOut(this.recorder.staff, personId, 'idle');
      if (decision.refusal === null && !this.seats.present.includes(personId)) this.recorder.recordRoom({ events: decision.events }, null);
    }
  }
}
