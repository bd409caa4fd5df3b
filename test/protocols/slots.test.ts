import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { csvOfDocument } from '../../electron/service/export/record-csv.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { recordPages } from '../../electron/service/export/record-print.ts';
import { completeness, openItems } from '../../electron/service/session/questions/completeness.ts';
import { sessionDue } from '../../electron/service/projection/session-due.ts';
import { endedSlots } from '../../electron/service/session/questions/ended-slots.ts';
import type { SessionContext } from '../../electron/service/projection/session-context.ts';
import type { SlotView } from '../../shared/contract/session-view/plan.ts';
import { layOut } from '../../renderer/components/timeline/lane-layout.ts';
import { UndoneSlots } from '../../renderer/components/timeline/undone-slots.tsx';
import { baseDomains } from '../../renderer/components/timeline/value-domains.ts';
import { materialOf } from '../export/golden-material.ts';
import { nextRows } from '../../renderer/screens/session/next/next-rows.ts';
import { dosing, offsetMin, startMs, type PlayedSession } from '../session/played-session.ts';

const minuteMs = 60_000;

function slotsOf(session: PlayedSession): Map<string, SlotView> {
  const slots = endedSlots(session.open, session.protocol, session.vitals.cuffs, session.nowMs);
  return new Map(slots.map((slot) => [slot.key, slot]));
}

function asked(session: PlayedSession): string[] {
  const items = completeness(session.open, session.protocol, session.vitals, offsetMin);
  return openItems(items)
    .filter(({ kind }) => kind === 'slot')
    .map(({ key }) => key);
}

/** Ten minutes of infusion with one pressure at five minutes, and the patient away at twelve. */
function shortSession(): PlayedSession {
  const session = dosing().at(5);
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 120, 'nibp-dia': 80 } });
  session.at(11).insist({ type: 'complete-dose' });
  session.at(12).append([{ kind: 'milestone-reached', body: { milestone: 'discharged' } }]);
  return session;
}

describe('how a time of the schedule ends', () => {
  test('SLOT-1 what was due and has no end waits before the signature, each time by itself', () => {
    const session = shortSession();
    expect(asked(session)).toEqual([]);
    session.at(13).do({ type: 'end-session', reason: 'left against advice' });
    // At 10:05 the pressure was taken; at 10:10 neither it nor the sedation check was, nor before the dose.
    expect(asked(session)).toContain('slot:nibp-during:2');
    expect(asked(session)).toContain('slot:sedation-during:1');
    expect(asked(session)).toContain('slot:nibp-before:1');
    expect(asked(session)).not.toContain('slot:nibp-during:1');
    session.ownPinChecked = true;
    const points = openItems(completeness(session.open, session.protocol, session.vitals, offsetMin));
    for (const { key, kind } of points) if (kind !== 'slot') session.do({ type: 'close-item', keys: [key], reason: 'left in a hurry' });
    const { refusal } = session.try({ type: 'sign-session', recordHash: session.seal.recordHash });
    expect(refusal?.code).toBe('SIGN_INCOMPLETE');
    expect(refusal?.message).toContain('Blood pressure');
    const open = openItems(completeness(session.open, session.protocol, session.vitals, offsetMin));
    for (const { key } of open) session.do({ type: 'close-item', keys: [key], reason: 'left in a hurry' });
    expect(session.try({ type: 'sign-session', recordHash: session.seal.recordHash }).refusal).toBeNull();
    expect([...slotsOf(session).values()].filter(({ end }) => end === 'open')).toEqual([]);
  });

  test('SLOT-1 done, late, not assessable, missed and not applicable each say which', () => {
    const session = dosing().at(14);
    session.do({
      type: 'enter-vitals',
      values: { 'nibp-sys': 120, 'nibp-dia': 80 },
      at: { utcMs: startMs + 5 * minuteMs, reason: 'busy' },
    });
    session.do({ type: 'open-rating', instrument: 'moaa-s', answers: [{ item: 1, value: 5 }] });
    session.do({ type: 'finish-rating', ratingId: session.open.ratings[0]?.ratingId ?? '' });
    session.do({ type: 'mark-slot-missed', slotKeys: ['nibp-during:2'], reason: 'cuff slipped' });
    session.at(21).do({ type: 'mark-not-assessable', instrument: 'suds', reason: 'asleep' });
    session.do({ type: 'mark-slot-missed', slotKeys: ['cadss-6-during:1'], notApplicable: true, reason: 'speaks no English' });
    const slots = slotsOf(session);
    const ends = ['nibp-during:1', 'sedation-during:1', 'nibp-during:2', 'suds-during:1', 'cadss-6-during:1', 'nibp-during:3'];
    expect(ends.map((key) => [slots.get(key)?.end, slots.get(key)?.reason])).toEqual([
      ['on-time', null],
      ['late', null],
      ['missed', 'cuff slipped'],
      ['not-assessable', 'asleep'],
      ['not-applicable', 'speaks no English'],
      ['open', null],
    ]);
  });

  test('SLOT-2 a time after the session was ended did not apply, and nothing says that the patient had left where nobody recorded it', () => {
    const session = dosing().at(11);
    session.insist({ type: 'complete-dose' });
    session.at(13).insist({ type: 'end-session', reason: 'ended' });
    const late = [...slotsOf(session).values()].filter(({ dueMs }) => dueMs > startMs + 13 * minuteMs);
    expect(late.length).toBeGreaterThan(0);
    expect(late.map(({ end, reason }) => [end, reason])).toEqual(late.map(() => ['not-applicable', 'the session had been ended']));
  });

  test('SLOT-2 a time after the patient had left did not apply', () => {
    const session = shortSession();
    session.at(60).do({ type: 'end-session', reason: 'left against advice' });
    const late = [...slotsOf(session).values()].filter(({ dueMs }) => dueMs > startMs + 12 * minuteMs);
    expect(late.map(({ key }) => key)).toContain('cadss-6-during:1');
    expect(late.map(({ end, reason }) => [end, reason])).toEqual(late.map(() => ['not-applicable', 'the patient had left']));
    expect(asked(session).filter((key) => late.some((slot) => key === `slot:${slot.key}`))).toEqual([]);
  });

  test('SLOT-3 what was passed over stays in Next, one row a kind, until it is entered with its time or answered', () => {
    const session = dosing().at(21);
    const due = () => {
      const around = { protocol: session.protocol, cuffs: [], nowMs: session.nowMs } as unknown as SessionContext;
      return sessionDue(session.open, around);
    };
    const passedRow = (name: string) =>
      nextRows({ due: due(), ratings: [] }, { nowMs: session.nowMs, minute: (ms) => `+${(ms - startMs) / minuteMs}` }).find(
        (row) => row.name === name && row.item.passed === true,
      );
    expect(passedRow('Blood pressure')?.slotKeys).toEqual(['nibp-before:1', 'nibp-during:1', 'nibp-during:2', 'nibp-during:3']);
    expect(passedRow('Blood pressure')?.detail).toBe('4 not recorded, +-25 to +15');
    expect(passedRow('Sedation check')?.detail).toBe('not recorded: +-25, +10');
    session.do({
      type: 'enter-vitals',
      values: { 'nibp-sys': 120, 'nibp-dia': 80 },
      at: { utcMs: startMs + 10 * minuteMs, reason: 'busy' },
    });
    expect(passedRow('Blood pressure')?.slotKeys).toEqual(['nibp-before:1', 'nibp-during:1', 'nibp-during:3']);
    session.do({ type: 'mark-slot-missed', slotKeys: [...(passedRow('Blood pressure')?.slotKeys ?? [])], reason: 'cuff slipped' });
    expect(passedRow('Blood pressure')).toBeUndefined();
    // The one of now is there as ever.
    expect(due().find((item) => item.key === 'nibp-during:4')?.state).toBe('due');
  });

  test('SLOT-4 a reason given before the signature is the reason of the missed time', () => {
    const session = shortSession();
    session.at(13).do({ type: 'end-session', reason: 'left against advice' });
    session.do({ type: 'close-item', keys: ['slot:nibp-during:2'], reason: 'monitor in the next room' });
    expect(slotsOf(session).get('nibp-during:2')).toMatchObject({ end: 'missed', reason: 'monitor in the next room' });
    const items = completeness(session.open, session.protocol, session.vitals, offsetMin);
    expect(items.find(({ key }) => key === 'slot:nibp-during:2')?.closed?.reason).toBe('monitor in the next room');
    // It can be said better until the record is signed.
    session.do({ type: 'close-item', keys: ['slot:nibp-during:2'], reason: 'cuff in the next room' });
    expect(slotsOf(session).get('nibp-during:2')?.reason).toBe('cuff in the next room');
  });

  test('SLOT-6 several take one reason or are refused together, and a cuff of the monitor has closed its own', () => {
    const session = dosing().at(17);
    session.vitals = { cuffs: [{ atMs: startMs + 5 * minuteMs, sys: 120, dia: 80, mean: null, byHand: false }], trend: null };
    const mark = (...slotKeys: string[]) => session.try({ type: 'mark-slot-missed', slotKeys, reason: 'hands full' });
    expect(mark('nibp-during:2', 'nibp-during:1').refusal?.message).toBe(
      '"Blood pressure" was done. To change that, undo its entry first.',
    );
    expect(session.open.missedSlots).toEqual([]);
    expect(mark('nibp-during:2', 'nibp-during:3', 'nibp-during:2').events.map(({ kind }) => kind)).toEqual(['slot-missed', 'slot-missed']);
    expect(mark('nibp-during:2').refusal?.message).toContain('is already recorded as missed');
  });

  test('SLOT-5 record, table and print name what was not kept, with how it ended and why', () => {
    const session = shortSession();
    session.at(13).do({ type: 'end-session', reason: 'left against advice' });
    session.do({ type: 'close-item', keys: ['slot:nibp-during:2'], reason: 'monitor in the next room' });
    const none = { fromMs: startMs, stepMs: 1000, length: 0 };
    const trend = { ...none, columns: { 'pulse-rate': [], spo2: [], 'resp-rate': [], etco2: [], 'heart-rate': [] } };
    const material = materialOf(session, { trend, cuffs: [] });
    const document = recordDocument(material);
    const found = document.schedule.map(({ key, due, end, reason }) => [key, due.minute, end, reason]);
    expect(found).toContainEqual(['nibp-during:1', 5, 'on-time', null]);
    expect(found).toContainEqual(['nibp-during:2', 10, 'missed', 'monitor in the next room']);
    expect(found).toContainEqual(['sedation-during:1', 10, 'open', null]);
    expect([...csvOfDocument(document)].filter((line) => line.startsWith('schedule')).join('')).toContain(
      'Blood pressure (nibp-during:2),missed,,,monitor in the next room',
    );
    const printed = recordPages(material, 'full').flatMap(({ marks }) =>
      marks.flatMap((mark) => (mark.mark === 'text' ? [mark.text] : [])),
    );
    expect(printed).toContain('missed · monitor in the next room');
    expect(printed).toContain('not recorded, no reason given');
    expect(printed).toContain('not applicable · the patient had left');
  });

  test('SLOT-7 on the timeline it keeps its place, unless its lane draws it as still due', () => {
    const session = shortSession();
    session.at(13).do({ type: 'end-session', reason: 'left against advice' });
    const layout = layOut(1200, 731, ['pulse', 'spo2', 'bp', 'resp']);
    const scale = { fromMs: startMs, toMs: startMs + 12 * minuteMs, leftPx: layout.plot.left, widthPx: layout.plot.width };
    const slots = [...slotsOf(session).values()];
    const drawn = (due: readonly { readonly key: string }[]) =>
      renderToStaticMarkup(createElement(UndoneSlots, { slots, due: due as never, layout, scale, pressure: baseDomains.bp })).match(
        /<path/g,
      )?.length ?? 0;
    // The pressure and the sedation check at ten minutes, and the rating at the end.
    expect(drawn([])).toBe(3);
    expect(drawn([{ key: 'nibp-during:2' }])).toBe(2);
  });
});
