import { describe, expect, test } from 'vitest';
import { roomBoardSchema } from '../../../../shared/contract/board/room-board.ts';
import { boardStates, goldenBoard, nowMinutes } from '../../../fixtures/boards/golden-board.ts';
import { at } from '../../../fixtures/boards/golden-times.ts';

describe('the golden boards', () => {
  test.each(boardStates)('CHART-1 the board "%s" is one the contract accepts, unchanged by it', (state) => {
    const board = goldenBoard({ state });
    expect(roomBoardSchema.parse(board)).toEqual(board);
  });

  test.each(boardStates)('CHART-1 the board "%s" holds nothing from the future', (state) => {
    const { session, trend } = goldenBoard({ state });
    if (session === null) throw new Error('a golden board has a session');
    const nowMs = at(nowMinutes[state]);
    const times = [...session.marks, ...session.observations, ...session.ratings, ...session.cuffReadings, ...session.enteredVitals].map(
      (item) => item.atMs,
    );
    expect(Math.max(0, ...times)).toBeLessThanOrEqual(nowMs);
    if (trend !== null) expect(trend.fromMs + (trend.length - 1) * trend.stepMs).toBe(nowMs);
  });

  test('CHART-1 every run makes the same boards', () => {
    for (const state of boardStates) expect(goldenBoard({ state })).toEqual(goldenBoard({ state }));
  });

  test('CHART-1 the long board is six hours with 80 observations, 5 ratings and 60 marks', () => {
    const { session } = goldenBoard({ state: 'long' });
    expect(session).toMatchObject({ observations: { length: 80 }, ratings: { length: 5 }, marks: { length: 60 } });
  });
});
