import { describe, expect, test } from 'vitest';
import { earlierRecords, listState, sessionsToday } from '../../../../renderer/screens/home/session-lists.ts';
import type { SessionSummary } from '../../../../shared/contract/room-contract.ts';

/** 13:10 on 23 November 2026 in New York. */
const now = { utcMs: Date.UTC(2026, 10, 23, 18, 10), offsetMin: -300 };

function opened(name: string, utcMs: number): SessionSummary {
  return {
    sessionId: name,
    patientName: name,
    birthDate: '1984-03-14',
    protocolName: 'IV',
    course: null,
    openedMs: utcMs,
    startedMs: null,
    endedMs: null,
    state: 'ended',
    signed: { status: 'signed', version: 1, by: 'Nurse', atMs: utcMs },
  };
}

const names = (sessions: readonly SessionSummary[]): (string | null)[] => sessions.map((session) => session.patientName);

describe('sessions on the home screen', () => {
  const list = [
    opened('noon', Date.UTC(2026, 10, 23, 17, 0)),
    opened('just after midnight', Date.UTC(2026, 10, 23, 5, 0, 1)),
    opened('just before midnight', Date.UTC(2026, 10, 23, 4, 59, 59)),
    opened('last week', Date.UTC(2026, 10, 16, 15, 0)),
  ];

  test('SCREEN-10 today is the calendar day of the room, in the order of opening', () => {
    expect(names(sessionsToday(list, now))).toEqual(['just after midnight', 'noon']);
  });

  test('SCREEN-10 every other session is an earlier record, newest first, and none is left out', () => {
    expect(names(earlierRecords(list, now))).toEqual(['just before midnight', 'last week']);
    expect(sessionsToday(list, now).length + earlierRecords(list, now).length).toBe(list.length);
  });

  test('SCREEN-62 whoever reads no records is told so, and not that a list could not be read', () => {
    const nothing = { isError: false, error: null, data: undefined };
    expect(listState('it', nothing)).toBe('not-theirs');
    expect(listState(null, nothing)).toBe('signed-out');
    expect(listState('nurse', nothing)).toBe('loading');
    expect(listState('nurse', { ...nothing, data: [] })).toBe('ready');
    expect(listState('nurse', { ...nothing, isError: true, error: new Error('gone') })).toBe('failed');
  });
});
