import { describe, expect, test } from 'vitest';
import { clinicalTimeOf, openedDraft } from '../../../../renderer/components/fields/clinical-time.ts';
import { inputFor, requestOf } from '../../../../renderer/sheets/dose/dose-input.ts';
import { doseProgress, flowWords } from '../../../../renderer/screens/session/header/dose-progress.ts';
import { labelParts } from '../../../../renderer/screens/session/record-now/label-parts.ts';
import { doseText } from '../../../../renderer/text/dose.ts';
import { phaseBars } from '../../../../renderer/components/timeline/phase-lane.tsx';
import { layOut } from '../../../../renderer/components/timeline/lane-layout.ts';
import type { DoseView } from '../../../../shared/contract/session-view/dose.ts';
import { clockTimeAt } from '../../../../shared/values/clock-time.ts';
import { goldenBoard, type BoardState } from '../../../fixtures/boards/golden-board.ts';
import { at } from '../../../fixtures/boards/golden-times.ts';

const zone = { offsetMin: -300, hours: 24 } as const;
function doseOf(state: 'full' | 'paused') {
  const { session } = goldenBoard({ state });
  if (session === null) throw new Error('the golden board has a session');
  return session.dose;
}

describe('the moment of an act', () => {
  test('COURSE-12 is that at which its sheet was opened, whenever the button is pressed', () => {
    const input = { ...inputFor('pause-dose', doseOf('full'), at(38)), reason: 'patient-anxious' } as const;
    const request = requestOf('pause-dose', input, doseOf('full'), { utcMs: at(38) + 23_000, ...zone });
    expect(request).toMatchObject({ ready: true, atMs: at(38), command: { type: 'pause-dose', at: { utcMs: at(38) } } });
  });

  test('COURSE-12 a sheet that was open for more than five minutes asks', () => {
    const draft = openedDraft(at(38));
    expect(clinicalTimeOf(draft, { utcMs: at(43), ...zone })).toEqual({ ok: true, at: { utcMs: at(38) } });
    expect(clinicalTimeOf(draft, { utcMs: at(43) + 1, ...zone })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('this moment'),
    });
    expect(clinicalTimeOf({ ...draft, reason: 'hands full' }, { utcMs: at(44), ...zone })).toEqual({
      ok: true,
      at: { utcMs: at(38), reason: 'hands full' },
    });
  });
});

describe('nothing flows', () => {
  test('COURSE-13 a pause is called one, with its own length beside that of all', () => {
    expect(flowWords(doseOf('full'), at(38))).toBeNull();
    const paused = doseOf('paused');
    expect(flowWords(paused, at(12))).toBe('paused');
    expect(doseProgress(paused, at(12))).toMatchObject({ pausedNowMs: 120_000, pausedMs: 120_000 });
    // A second pause, two minutes after one of two.
    const bag = paused.segments[0]?.bag ?? { ug: 1, ul: 1 };
    const again = {
      ...paused,
      segments: [...paused.segments, { fromMs: at(12), rateUlPerHour: 60_000, bag }, { fromMs: at(14), rateUlPerHour: 0, bag }],
    };
    expect(doseProgress(again, at(15))).toMatchObject({ pausedNowMs: 60_000, pausedMs: 180_000 });
    expect(doseProgress(doseOf('full'), at(38))?.pausedNowMs).toBeNull();
  });

  test('COURSE-13 an empty bag is called empty, from the second it is', () => {
    const dose = { ...doseOf('full'), predictedEndMs: at(50) };
    expect(flowWords(dose, at(50) - 1)).toBeNull();
    expect(flowWords(dose, at(50))).toBe('bag empty');
  });

  test('COURSE-13 the phase of the dose on the timeline is called after what flows only while it does', () => {
    const last = (state: BoardState, change: Partial<DoseView> = {}, live = true) => {
      const { session } = goldenBoard({ state });
      if (session === null) throw new Error('a golden board has a session');
      const nowMs = at(state === 'paused' ? 12 : 38);
      const scale = { fromMs: at(-20), toMs: at(60), leftPx: 0, widthPx: 800 };
      const frame = { session: { ...session, dose: { ...session.dose, ...change } }, scale, nowMs, live, layout: layOut(800, 700, []) };
      const bars = phaseBars({ ...frame, textWidth: () => 40, clock: clockTimeAt(0, { dates: 'iso', hours: 24 }) });
      return bars.filter(({ look }) => look === 'current' || look === 'stands').map(({ words, look }) => `${words} ${look}`);
    };
    expect(last('full')).toEqual(['infusing current']);
    expect(last('paused')).toEqual(['PAUSED stands']);
    expect(last('full', { predictedEndMs: at(38) })).toEqual(['BAG EMPTY stands']);
    expect(last('paused', {}, false)).toEqual(['infusing current']);
  });
});

test('COURSE-6 no word of a pump where there is none', () => {
  const said = JSON.stringify(doseText.noMore) + doseText.noMoreEffect('56', '84');
  expect(said).not.toMatch(/pump|bag|mL|rate|infusion/i);
  expect(Object.values(doseText.noMore).map(({ title }) => title)).toEqual([
    'No second injection',
    'No further device',
    'Lozenge taken out',
  ]);
});

test.each([
  ['Injection 77.111 mg', 'Injection', '77.111 mg'],
  ['Second injection 34 mg', 'Second injection', '34 mg'],
  ['New bag 20 mg in 20 mL', 'New bag', '20 mg in 20 mL'],
  ['Device 1 of 3', 'Device', '1 of 3'],
  ['Peak effect', 'Peak effect', ''],
])('COURSE-15 of "%s" the words can give way and the figure cannot', (label, words, figure) => {
  expect(labelParts(label)).toEqual({ words, figure });
});
