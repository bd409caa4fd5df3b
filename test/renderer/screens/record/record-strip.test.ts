import { describe, expect, test } from 'vitest';
import { overviewWindow, windowOf } from '../../../../renderer/components/timeline/time-window.ts';
import { recordText } from '../../../../renderer/text/record.ts';
import { goldenBoard } from '../../../fixtures/boards/golden-board.ts';

describe('a reopened session', () => {
  test('RECORD-1 its strip is as long as the session, with no empty time ahead', () => {
    const { session, clock } = goldenBoard({ state: 'finished' });
    if (session === null) throw new Error('the golden board has a session');
    const moment = { session, nowMs: session.endedMs ?? clock.now.utcMs, live: false, narrow: false };
    expect(overviewWindow(moment)).toEqual(windowOf('all', moment));
  });

  test('RECORD-2 a gap says in words what it was', () => {
    expect(['cable-out', 'restart', 'port-busy'].map((cause) => recordText.entries.gap(cause))).toEqual([
      'No data: cable out',
      'No data: Vigil was not running',
      'No data: port busy',
    ]);
  });
});
