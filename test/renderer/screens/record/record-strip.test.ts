import { describe, expect, test } from 'vitest';
import { overviewWindow, windowOf } from '../../../../renderer/components/timeline/time-window.ts';
import { recordText } from '../../../../renderer/text/record.ts';
import { timelineText } from '../../../../renderer/text/timeline.ts';
import { gapCauses } from '../../../../shared/clinical/gap-cause.ts';
import { goldenBoard } from '../../../fixtures/boards/golden-board.ts';

describe('a reopened session', () => {
  test('RECORD-1 its strip is as long as the session, with no empty time ahead', () => {
    const { session, clock } = goldenBoard({ state: 'finished' });
    if (session === null) throw new Error('the golden board has a session');
    const moment = { session, nowMs: session.endedMs ?? clock.now.utcMs, live: false, narrow: false };
    expect(overviewWindow(moment)).toEqual(windowOf('all', moment));
  });

  test('RECORD-2 a gap says in words what it was', () => {
    const words = [
      'cable out',
      'silent',
      'port busy',
      'port forbidden',
      'wrong device',
      'the computer was asleep',
      'Vigil was not running',
      'nothing could be written',
      'not in the backup that the room was restored from',
      'not among what could be saved of a damaged file',
    ];
    expect(gapCauses.map((cause) => recordText.entries.gap(cause))).toEqual(words.map((why) => `No data: ${why}`));
    // What stands in the gutter has room for no more.
    expect(gapCauses.filter((cause) => timelineText.gapShort[cause].length > 13)).toEqual([]);
    expect(gapCauses.map((cause) => timelineText.gapSince(cause, '10:35'))).toEqual(words.map((why) => `${why} 10:35`));
  });
});
