import { nameAt, namesIn, type NamesOverTime } from '../../electron/service/staff/names.ts';
import type { TrendColumns } from '../../shared/clinical/measured-vitals.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import { dayOf } from '../../shared/values/instant.ts';
import { createSteadyClock } from '../../electron/service/platform/steady-clock.ts';
import { RoomDrugLog } from '../../electron/service/projection/room-drug-log.ts';
import { atOnce } from '../../electron/service/platform/in-turns.ts';
import { sessionReadings } from '../../electron/service/projection/session-readings.ts';
import { SessionRecords } from '../../electron/service/projection/session-records.ts';
import { protocolOf } from '../../electron/service/session/questions/session-protocol.ts';
import { sessionView } from '../../electron/service/projection/session-view.ts';
import { Recorder } from '../../electron/service/recorder/recorder.ts';
import { Storage } from '../../electron/service/recorder/storage.ts';
import { isGiving } from '../../electron/service/serial/link-state.ts';
import { recordSeal } from '../../electron/service/store/record-seal.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { formatsUnchosen } from '../../shared/values/formats.ts';
import type { ClinicWorld } from './clinic-world.ts';
import { readsRecords } from '../support/board-reader.ts';

/** Everything that screens show of the room's record. */
export interface Projections {
  readonly live: RoomBoard['session'];
  readonly trend: unknown;
  readonly sessions: unknown;
  readonly records: readonly unknown[];
  readonly drugLog: unknown;
  readonly people: unknown;
  readonly problems: readonly unknown[];
}

/** As the running room shows it. */
export async function shownProjections({ room }: ClinicWorld): Promise<Projections> {
  const reader = room.feed.open(readsRecords);
  const message = await reader.next();
  reader.close();
  if (message?.kind !== 'snapshot') throw new Error('a new reader is given a snapshot first');
  const { session, staff, trend } = message.board;
  const { recorder, records } = room;
  return {
    live: session,
    trend: withoutTail(trend),
    sessions: records.list(),
    records: recordsOf(records, recorder),
    drugLog: room.drugLog.view(),
    people: staff.people,
    problems: problemsOf(recorder),
  };
}

/** The same pictures drawn from nothing but the files of a folder, which is used up by it. */
export function rebuiltProjections(world: ClinicWorld, folder: string): Projections & { readonly recorder: Recorder; close(): void } {
  const { key } = world;
  const clock = createSteadyClock(world.clock);
  const { acquisition } = world.room;
  const ids = createSeededIds(1);
  const store = openStore({ folder, key, ids });
  const monitorLive = acquisition.statuses().some(({ state }) => isGiving(state));
  const storage = new Storage(
    clock,
    store,
    () => store,
    () => undefined,
  );
  const recorder = new Recorder(storage, {
    clock,
    ids,
    log: createSilentLog(),
    version: 'test',
    monitorLive: () => monitorLive,
    listener: { events: () => undefined, readings: () => undefined },
  });
  const names = (): NamesOverTime => recorder.staff.people;
  const records = new SessionRecords({
    patients: () => recorder.room.patients,
    find: (sessionId) => recorder.sessions.find(sessionId),
    vitals: ({ sessionId, openedMs }) => atOnce(sessionReadings(store.readings, sessionId, openedMs)).vitals,
    facts: (sessionId) => recorder.sessions.facts(sessionId),
    gatherFacts: (sessionIds) => recorder.sessions.gatherFacts(sessionIds),
    newest: (max) => recorder.sessions.newest(max),
    ofPatient: (patientId) => recorder.sessions.ofPatient(patientId),
    namesIn: ({ log }) => namesIn(names(), log),
    protocols: () => recorder.room.protocols,
    today: () => dayOf(clock.now()),
    offsetMin: () => clock.now().offsetMin,
    recordHash: ({ sessionId, log }) => recordSeal(store, sessionId, log.at(-1)?.seq ?? 0)?.recordHash ?? null,
    nowMs: () => clock.now().utcMs,
    formats: () => formatsUnchosen,
    privateMarksShown: () => recorder.room.privateNotes.marksShown,
  });
  const state = recorder.session;
  const readings = state === null ? null : atOnce(sessionReadings(store.readings, state.sessionId, state.openedMs));
  const live =
    state === null || readings === null
      ? null
      : sessionView(state, {
          protocol: protocolOf(state, recorder.room.protocols),
          cuffs: readings.cuffs,
          trend: readings.trend.columns,
          offsetMin: clock.now().offsetMin,
          nowMs: clock.now().utcMs,
          monitorLive,
          privateMarksShown: recorder.room.privateNotes.marksShown,
          nameOf: namesIn(names(), state.log),
        });
  const drugLog = new RoomDrugLog({
    log: () => store,
    facts: (sessionId) => recorder.sessions.facts(sessionId),
    gatherFacts: (sessionIds) => recorder.sessions.gatherFacts(sessionIds),
    patientOf: (sessionId) => recorder.sessions.opening(sessionId),
    nameAt: (personId, seq) => nameAt(names(), personId, seq),
  });
  return {
    live,
    trend: withoutTail(readings?.trend.columns ?? null),
    sessions: records.list(),
    records: recordsOf(records, recorder),
    drugLog: drugLog.view(),
    people: [...recorder.staff.people.values()].map(({ personId, name, role }) => ({ personId, name, role })),
    problems: problemsOf(recorder),
    recorder,
    close: () => recorder.close(),
  };
}

function recordsOf(records: SessionRecords, { sessions }: Recorder): readonly unknown[] {
  return sessions.newest(1000).map(({ sessionId }) => {
    const { session, read } = records.record(sessionId);
    return { session, trend: withoutTail(read.vitals.trend), signing: records.signing(sessionId), history: records.history(sessionId) };
  });
}

function problemsOf({ sessions }: Recorder): readonly unknown[] {
  return sessions.newest(1000).flatMap(({ sessionId }) => sessions.find(sessionId)?.problems ?? []);
}

/** Seconds without any reading at the end: the running room's axis goes on, that of the files ends with them. */
function withoutTail(trend: Pick<TrendColumns, 'fromMs' | 'stepMs' | 'columns'> | null): unknown {
  if (trend === null) return null;
  const columns = Object.fromEntries(
    Object.entries(trend.columns).map(([metric, values]) => [metric, values.slice(0, values.findLastIndex((value) => value !== null) + 1)]),
  );
  return { fromMs: trend.fromMs, stepMs: trend.stepMs, columns };
}
