import { describe, expect, test } from 'vitest';
import { changesOf, draftOf, toggled, type AdverseEventDraft } from '../../../../renderer/sheets/adverse-events/adverse-event-draft.ts';
import { goldenEvents } from '../../../fixtures/boards/golden-events.ts';
import { at, offsetMin } from '../../../fixtures/boards/golden-times.ts';

const now = { utcMs: at(38), offsetMin, hours: 24 } as const;
const [anxiety, nausea] = goldenEvents.adverseEvents;
if (anxiety === undefined || nausea === undefined) throw new Error('the fixture has two adverse events');

const open = draftOf(nausea);
const changed = (change: Partial<AdverseEventDraft>): AdverseEventDraft => ({ ...open, ...change });

describe('what is said of an adverse event on its sheet', () => {
  test('ADVERSE-14 nothing is sent where nothing was changed, and only what was', () => {
    expect(changesOf(open, open, now)).toEqual({ ok: false, waitsFor: 'nothing changed yet' });
    expect(changesOf(open, changed({ severity: 'severe', detail: '  after moving ' }), now)).toEqual({
      ok: true,
      changes: { severity: 'severe', detail: 'after moving' },
    });
  });

  test('ADVERSE-14 chips in another order are no change', () => {
    const first = draftOf(anxiety);
    expect(changesOf(first, { ...first, actions: first.actions.toReversed() }, now).ok).toBe(false);
    expect(toggled(toggled(first.actions, 'observed', true), 'reassured', false)).toEqual(['dose-paused', 'observed']);
  });

  test('ADVERSE-14 serious needs its criterion, and not serious is a judgement of its own', () => {
    expect(changesOf(open, changed({ seriousness: 'yes' }), now)).toEqual({ ok: false, waitsFor: 'choose why it is serious' });
    expect(changesOf(open, changed({ seriousness: 'no' }), now)).toEqual({ ok: true, changes: { serious: [] } });
    expect(changesOf(open, changed({ seriousness: 'yes', criteria: ['hospitalization'] }), now)).toEqual({
      ok: true,
      changes: { serious: ['hospitalization'] },
    });
  });

  test('ADVERSE-14 an end is now, a time, or taken back; a typing mistake is said and nothing is sent', () => {
    expect(changesOf(open, changed({ end: { kind: 'now', typed: '' } }), now)).toEqual({ ok: true, changes: { endedMs: at(38) } });
    expect(changesOf(open, changed({ end: { kind: 'at', typed: '10:36' } }), now)).toEqual({ ok: true, changes: { endedMs: at(36) } });
    expect(changesOf(open, changed({ end: { kind: 'at', typed: 'ten' } }), now).ok).toBe(false);
    const first = draftOf(anxiety);
    expect(changesOf(first, { ...first, end: { kind: 'open', typed: '' } }, now)).toEqual({ ok: true, changes: { endedMs: null } });
    // The end it has is kept where no other one is typed.
    expect(changesOf(first, { ...first, end: { kind: 'at', typed: '' } }, now).ok).toBe(false);
  });
});
