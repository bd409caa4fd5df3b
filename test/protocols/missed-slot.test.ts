import { describe, expect, test } from 'vitest';
import { dueTimes } from '../../electron/service/session/questions/due-times.ts';
import { sessionDue } from '../../electron/service/projection/session-due.ts';
import type { SessionContext } from '../../electron/service/projection/session-context.ts';
import { dosing, type PlayedSession } from '../session/played-session.ts';

const mark = (session: PlayedSession, slotKey: string, reason = 'patient asked for quiet') =>
  session.try({ type: 'mark-slot-missed', slotKeys: [slotKey], reason });
const slotOf = (session: PlayedSession, key: string) =>
  dueTimes(session.open, session.protocol, [], session.nowMs).find((slot) => slot.key === key);

describe('a slot marked as missed', () => {
  test('PROTOCOL-21 what is due can be marked with its reason, leaves the list, and an undo brings it back', () => {
    const session = dosing().at(12);
    const listed = (): string[] => {
      const around = { protocol: session.protocol, cuffs: [], nowMs: session.nowMs } as unknown as SessionContext;
      return sessionDue(session.open, around).map((item) => item.key);
    };
    expect(listed()).toContain('sedation-during:1');
    const [event] = mark(session, 'sedation-during:1').events;
    expect(event).toMatchObject({ kind: 'slot-missed', body: { slotKey: 'sedation-during:1', label: 'Sedation check' } });
    expect(slotOf(session, 'sedation-during:1')?.outcome).toEqual({ kind: 'missed', reason: 'patient asked for quiet' });
    expect(listed()).not.toContain('sedation-during:1');
    session.do({ type: 'undo', eventId: event?.eventId ?? '' });
    expect(listed()).toContain('sedation-during:1');
  });

  test('PROTOCOL-21 not before its time, not twice, not once done, and no slot that is not there', () => {
    const session = dosing().at(12);
    expect(mark(session, 'sedation-during:2').refusal?.message).toContain('is due at 10:20 and cannot be missed before');
    expect(mark(session, 'nothing:1').refusal?.code).toBe('SLOT_NOT_FOUND');
    expect(mark(session, 'dose-end:1').refusal?.code).toBe('SLOT_NOT_FOUND');
    mark(session, 'sedation-during:1');
    expect(mark(session, 'sedation-during:1').refusal?.message).toContain('is already recorded as missed');
    session.do({ type: 'enter-vitals', values: { 'nibp-sys': 124, 'nibp-dia': 78 } });
    expect(mark(session, 'nibp-during:2').refusal?.message).toContain('was done');
    expect(() => mark(session, 'nibp-during:1', ' ')).toThrow('a reason has words');
  });
});

describe('what makes something due', () => {
  test('PROTOCOL-22 the same times with other values, however far beyond a limit, make the same list', () => {
    const played = (values: Record<string, number>): unknown => {
      const session = dosing();
      for (const minute of [5, 11, 23]) session.at(minute).do({ type: 'enter-vitals', values });
      session.at(30).do({ type: 'open-rating', instrument: 'suds' });
      return dueTimes(session.open, session.protocol, [], session.at(31).nowMs);
    };
    const usual = played({ 'nibp-sys': 124, 'nibp-dia': 78, 'pulse-rate': 76, spo2: 98 });
    expect(played({ 'nibp-sys': 240, 'nibp-dia': 140, 'pulse-rate': 170, spo2: 71 })).toEqual(usual);
  });
});
