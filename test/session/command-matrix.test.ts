import { describe, expect, test } from 'vitest';
import { sessionCommandSchema } from '../../shared/contract/session-commands.ts';
import { commandTable, isRefusal, laterStages, openStages, sessionIn, yieldOf, type Stage } from './command-table.ts';
import { PlayedSession, startMs } from './played-session.ts';

const types = sessionCommandSchema.options.map((option) => option.shape.type.value);
const stages: readonly Stage[] = [...openStages, ...laterStages];
const rows = types.flatMap((type) =>
  stages.map((stage) => {
    const row = commandTable[type];
    return { type, stage, yields: row === undefined ? 'no row' : yieldOf(row, stage) };
  }),
);

describe('every command in every stage', () => {
  test('CMD-1 the matrix has a row for every command there is', () => {
    expect(Object.keys(commandTable).toSorted()).toEqual([...types].toSorted());
    expect(rows).toHaveLength(types.length * stages.length);
  });

  test.each(types)('CMD-1 %s where there is no session is refused', (type) => {
    const { events, refusal } = new PlayedSession().at(20).try(commandTable[type].input(new PlayedSession()));
    expect(events).toEqual([]);
    expect(refusal).toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });

  test.each(rows)('CMD-1 $type when $stage yields $yields', ({ type, stage, yields }) => {
    const session = sessionIn(stage);
    const before = structuredClone(session.log);
    const { events, refusal } = session.try(commandTable[type].input(session), commandTable[type].answers);
    expect(refusal?.code ?? events.map((event) => event.kind).join()).toBe(yields);
    // Never half: a refusal writes nothing, and says in a sentence what to do.
    expect(session.log.slice(0, before.length)).toEqual(before);
    expect(session.log.slice(before.length)).toEqual(events);
    if (refusal !== null) expect(refusal.message).toMatch(/^[A-Z"“0-9].*\.$/);
    expect(session.state?.problems ?? []).toEqual([]);
  });

  test('CMD-2 an ended session is taken up again by the undo of its end, and not while another one runs', () => {
    const session = sessionIn('ended');
    const ended = session.log.at(-1);
    session.otherSessionOpen = true;
    expect(session.try({ type: 'undo', eventId: ended?.eventId ?? '' }).refusal?.code).toBe('SESSION_ALREADY_OPEN');
    session.otherSessionOpen = false;
    session.do({ type: 'undo', eventId: ended?.eventId ?? '' });
    expect(session.open.ended).toBeNull();
    expect(session.do({ type: 'record-observation', text: 'went on', chips: [], begunAt: startMs }).kind).toBe('observation-recorded');
  });

  test('CMD-2 while another session runs, an entry of an ended one is undone, and one of a running session, as ever', () => {
    for (const stage of ['ended', 'dosing'] as const) {
      const session = sessionIn(stage);
      const noted = session.log.findLast(({ kind }) => kind === 'observation-recorded');
      session.otherSessionOpen = true;
      expect(session.do({ type: 'undo', eventId: noted?.eventId ?? '' })).toMatchObject({ supersedes: noted?.eventId });
    }
  });

  test('CMD-1 the table could tell: every column has commands that are taken and commands that are refused', () => {
    for (const stage of stages) {
      const cells = rows.filter((row) => row.stage === stage).map(({ yields }) => isRefusal(yields));
      expect([stage, cells.includes(true), cells.includes(false)]).toEqual([stage, true, true]);
    }
  });
});
