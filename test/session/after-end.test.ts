import { describe, expect, test } from 'vitest';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { afterEndRefusal, type When } from '../../electron/service/session/decide/after-end.ts';
import { sessionIn, type Stage } from './command-table.ts';
import { offsetMin, startMs } from './played-session.ts';

const whens = ['open', 'signed', 'at-its-time', 'any'] as const satisfies readonly When[];
const weigh: SessionCommandInput = { type: 'record-weight', value: 80, unit: 'kg' };
const sessions = { recovery: sessionIn('recovery'), ended: sessionIn('ended'), signed: sessionIn('signed'), amended: sessionIn('amended') };
type Played = keyof typeof sessions & Stage;
const endedMs = sessions.ended.open.ended?.atMs ?? Number.NaN;

function refusalIn(stage: Played, input: SessionCommandInput, when: When, targetKind: string | null = null) {
  const session = sessions[stage];
  const target = session.log.find(({ kind }) => kind === targetKind) ?? null;
  return afterEndRefusal(session.open, sessionCommandSchema.parse(input), when, target, { utcMs: session.nowMs, offsetMin });
}
const at = (utcMs: number) => ({ utcMs, offsetMin });
const codes = (stage: Played) => whens.map((when) => refusalIn(stage, weigh, when)?.code ?? null);

describe('what is recorded after the end', () => {
  test('SIGNING-13, SIGNING-14 in each state of a session, by when a command can be given', () => {
    expect(codes('recovery')).toEqual([null, null, null, null]);
    expect(codes('ended')).toEqual(['SESSION_ENDED', null, 'SESSION_TIME_IMPOSSIBLE', null]);
    expect(codes('signed')).toEqual(['SESSION_SIGNED', null, 'SESSION_SIGNED', 'SESSION_SIGNED']);
    expect(codes('amended')).toEqual(['SESSION_ENDED', null, 'SESSION_TIME_IMPOSSIBLE', null]);
  });

  test('SIGNING-14 a signed one names who signed which version', () => {
    const message = (versions: unknown) => {
      const state = { ...sessions.signed.open, signing: { ...sessions.signed.open.signing, versions } } as typeof sessions.signed.open;
      return afterEndRefusal(state, sessionCommandSchema.parse(weigh), 'any', null, at(startMs));
    };
    const [signed] = sessions.signed.open.signing.versions;
    expect(message([signed])).toEqual({
      code: 'SESSION_SIGNED',
      message: 'This record was signed by First as version 1. Begin an amendment to change it.',
    });
    expect(message([signed, { ...signed, version: 2, signatures: [{ ...signed?.signatures[0], name: 'Second' }] }])?.message).toContain(
      'signed by Second as version 2.',
    );
    expect(message([{ ...signed, signatures: [] }])?.message).toContain('signed by somebody as version 1.');
  });

  test('SIGNING-13 it says at what minute the session ended, and what can be done instead', () => {
    const clock = refusalIn('ended', weigh, 'open')?.message.match(/\d\d:\d\d/)?.[0];
    expect(new Date(endedMs + offsetMin * 60_000).toISOString().slice(11, 16)).toBe(clock);
    expect(refusalIn('ended', weigh, 'open')).toEqual({
      code: 'SESSION_ENDED',
      message: `This session ended at ${clock}. To go on with it, undo its end first.`,
    });
    expect(refusalIn('amended', weigh, 'open')?.message).toMatch(/ended at \d\d:\d\d\. Record what was missed with its own time\.$/);
    expect(refusalIn('ended', weigh, 'at-its-time')).toEqual({
      code: 'SESSION_TIME_IMPOSSIBLE',
      message: `This session ended at ${clock}. Say when it happened: a time before that, with the reason it is entered late.`,
      subject: 'at',
    });
    // A later minute than that of the end, which is not what is named.
    expect(sessions.ended.nowMs).toBeGreaterThan(endedMs + 60_000);
  });

  test('SIGNING-13 an entry takes a time of up to the end, and no later one', () => {
    const weighed = (utcMs: number) => refusalIn('ended', { ...weigh, at: { utcMs, reason: 'noted on paper' } }, 'at-its-time');
    expect([endedMs - 1, endedMs].map(weighed)).toEqual([null, null]);
    expect(weighed(endedMs + 1)).toMatchObject({ code: 'SESSION_TIME_IMPOSSIBLE', subject: 'at' });
  });

  test('SIGNING-13 what comes after the leaving needs no time before it, another milestone does', () => {
    const reached = (milestone: 'waste_recorded' | 'voided') => refusalIn('ended', { type: 'reach-milestone', milestone }, 'at-its-time');
    expect(reached('waste_recorded')).toBeNull();
    expect(reached('voided')?.code).toBe('SESSION_TIME_IMPOSSIBLE');
  });

  test('SIGNING-14 the end of a signed session is not undone in its amendment, other entries are', () => {
    const undo = { type: 'undo', eventId: '018f0000-0000-7000-8000-000000000000', reason: 'a slip' } as const;
    expect(refusalIn('amended', undo, 'any', 'session-ended')).toEqual({
      code: 'SESSION_SIGNED',
      message: 'A signed session is not taken up again. Record what happened afterwards as a new one.',
    });
    expect(refusalIn('amended', undo, 'any', 'dose-started')).toBeNull();
    expect(refusalIn('amended', undo, 'any')).toBeNull();
    expect(refusalIn('ended', undo, 'any', 'session-ended')).toBeNull();
    expect(refusalIn('amended', { ...undo, type: 'correct-time', utcMs: endedMs }, 'any', 'session-ended')).toBeNull();
  });
});
