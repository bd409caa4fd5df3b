import { entryContent } from '../../electron/service/session/events/event-words.ts';
import { describe, expect, test } from 'vitest';
import type { CompletenessItem } from '../../electron/service/session/questions/completeness-item.ts';
import { completeness, openItems } from '../../electron/service/session/questions/completeness.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { dosing, offsetMin, startMs, type Played, type PlayedSession } from './played-session.ts';

const second = { personId: 'b0000000-0000-7000-8000-000000000002', name: 'Second', role: 'nurse' } as const;

/** A session that ended at +130 without a word about what was left open. */
function ended(): PlayedSession {
  const session = dosing().at(52);
  session.insist({ type: 'complete-dose' });
  session.at(130).append([{ kind: 'session-ended', body: {} }]);
  return session.at(135);
}

function itemsOf(session: PlayedSession): readonly CompletenessItem[] {
  return completeness(session.open, session.protocol, session.vitals, offsetMin);
}

function closeAll(session: PlayedSession): void {
  const keys = openItems(itemsOf(session)).map(({ key }) => key);
  if (keys.length > 0) session.do({ type: 'close-item', keys, reason: 'transferred to paper' });
}

/** As one person at their own page, with their PIN. */
function sign(session: PlayedSession, recordHash = session.seal.recordHash): Played {
  session.ownPinChecked = true;
  const played = session.try({ type: 'sign-session', recordHash });
  session.ownPinChecked = false;
  return played;
}

function signed(): PlayedSession {
  const session = ended();
  closeAll(session);
  if (sign(session).refusal !== null) throw new Error('not signed');
  return session.at(140);
}

describe('the check before signing', () => {
  test('SIGNING-1 what the protocol requires and nobody recorded waits for a reason, each on its own', () => {
    const session = ended();
    const open = openItems(itemsOf(session)).map(({ key }) => key);
    expect(open).toContain('milestone:discharged');
    expect(open).toContain('milestone:return_to_baseline');
    expect(open).not.toContain('milestone:consent');
    session.do({ type: 'close-item', keys: ['milestone:discharged'], reason: 'left without a word' });
    const closed = itemsOf(session).find(({ key }) => key === 'milestone:discharged');
    expect(closed?.closed).toMatchObject({ reason: 'left without a word' });
    expect(openItems(itemsOf(session))).toHaveLength(open.length - 1);
  });

  test('SIGNING-30 what was answered before signing stands in the log with the point that it is about, in words', () => {
    const session = ended();
    const answered = session.do({ type: 'close-item', keys: ['milestone:discharged'], reason: 'left without a word' });
    expect(entryContent(answered)).toBe('left without a word · about Discharged with escort (required by the protocol and not recorded)');
    const before = { ...answered, body: { keys: ['milestone:discharged'], reason: 'left without a word' } } as typeof answered;
    expect(entryContent(before)).toBe('left without a word · about milestone');
  });

  test('SIGNING-2 the reason for ending answers no point: each waits for its own, by its own key', () => {
    const session = dosing().at(52);
    session.insist({ type: 'complete-dose' });
    const open = (): string[] => openItems(itemsOf(session)).flatMap(({ kind, key }) => (kind === 'missing' ? [key] : []));
    expect(open().length).toBeGreaterThan(1);
    const before = open();
    session.do({ type: 'end-session', reason: 'fire drill' });
    expect(open()).toEqual(before);
    session.do({ type: 'close-item', keys: ['milestone:discharged'], reason: 'left by the fire door' });
    expect(open()).toEqual(before.filter((key) => key !== 'milestone:discharged'));
    expect(sign(session).refusal?.code).toBe('SIGN_INCOMPLETE');
  });

  test('SIGNING-31 in a session that ended before, the reason for ending answers them as it did', () => {
    const session = dosing().at(52);
    session.insist({ type: 'complete-dose' });
    session.append([{ kind: 'session-ended', body: { reason: 'fire drill' } }]);
    expect(openItems(itemsOf(session)).filter(({ kind }) => kind !== 'slot')).toEqual([]);
    expect(itemsOf(session).find(({ key }) => key === 'milestone:discharged')?.closed?.reason).toBe('fire drill');
  });

  test('SIGNING-3 a value beyond the protocol is asked about once for its stretch, and only here', () => {
    const session = dosing();
    for (const [minutes, sys, dia] of [
      [25, 150, 90],
      [30, 162, 98],
      [35, 165, 99],
      [40, 150, 90],
    ] as const) {
      session.at(minutes).do({ type: 'enter-vitals', values: { 'nibp-sys': sys, 'nibp-dia': dia } });
    }
    const excursions = itemsOf(session).filter(({ kind }) => kind === 'excursion');
    expect(excursions).toHaveLength(1);
    expect(excursions[0]).toMatchObject({ label: 'Systolic pressure 165/99', asks: 'what-was-done', atMs: startMs + 30 * 60_000 });
    expect(session.open.history.every(({ event }) => event.actor !== 'service')).toBe(true);
  });

  test('SIGNING-3 a review and its repeat in the record are shown as what was done, and not asked for again', () => {
    const session = dosing().at(30);
    session.do({ type: 'enter-vitals', values: { 'nibp-sys': 162, 'nibp-dia': 98 } });
    session.do({ type: 'reach-milestone', milestone: 'bp_review', told: 'Dr Demo', detail: 'repeat ordered' });
    session.at(33).do({ type: 'enter-vitals', values: { 'nibp-sys': 158, 'nibp-dia': 97 } });
    const excursion = itemsOf(session).find(({ kind }) => kind === 'excursion');
    expect(excursion?.asks).toBe('nothing');
    expect(excursion?.detail).toContain('reviewed 10:30: told Dr Demo, repeat ordered');
    expect(excursion?.detail).toContain('repeated 10:33: 158/97');
  });

  test('LIMIT-6 one pressure beyond its limit is asked about, unless its repeat was within', () => {
    const pressures = (...readings: readonly (readonly [minutes: number, sys: number, dia: number])[]) => {
      const session = dosing();
      for (const [minutes, sys, dia] of readings)
        session.at(minutes).do({ type: 'enter-vitals', values: { 'nibp-sys': sys, 'nibp-dia': dia } });
      return itemsOf(session).filter(({ kind }) => kind === 'excursion');
    };
    expect(pressures([30, 164, 90])).toMatchObject([{ label: 'Systolic pressure 164/90', asks: 'what-was-done' }]);
    expect(pressures([30, 164, 90], [34, 150, 88])).toMatchObject([{ asks: 'nothing' }]);
    expect(pressures([30, 164, 90], [34, 162, 88])).toMatchObject([{ asks: 'what-was-done' }]);
    expect(pressures([30, 190, 112], [34, 84, 50]).map(({ label }) => label)).toEqual([
      'Systolic pressure 190/112',
      'Diastolic pressure 190/112',
      'Systolic pressure 84/50',
    ]);
  });

  test('SIGNING-4 a monitor beyond its limit for seconds is nothing, for a quarter of a minute it is asked about', () => {
    const session = ended();
    const columns = (beyond: number) => {
      const spo2 = Array.from({ length: 600 }, (_, second_) => (second_ >= 100 && second_ < 100 + beyond ? 88 : 97));
      const none = spo2.map(() => null);
      return { 'pulse-rate': none, spo2, 'resp-rate': none, etco2: none, 'heart-rate': none };
    };
    const trend = (beyond: number) => ({ fromMs: startMs, stepMs: 1000, length: 600, columns: columns(beyond) });
    session.vitals = { cuffs: [], trend: trend(10) };
    expect(itemsOf(session).filter(({ kind }) => kind === 'excursion')).toEqual([]);
    session.vitals = { cuffs: [], trend: trend(16) };
    expect(itemsOf(session).filter(({ kind }) => kind === 'excursion')).toMatchObject([{ label: 'SpO₂ 88 %', asks: 'what-was-done' }]);
  });

  test('SIGNING-5 late entries and gaps are listed and ask for nothing; an open rating and a flagged answer do', () => {
    const session = dosing().at(20);
    session.do({ type: 'reach-milestone', milestone: 'onset', at: { utcMs: startMs + 5 * 60_000, reason: 'hands were busy' } });
    session.append([
      {
        kind: 'recording-gap',
        body: { fromMs: startMs + 6 * 60_000, toMs: startMs + 9 * 60_000, cause: 'restart' },
      },
    ]);
    session.do({ type: 'open-rating', instrument: 'phq-9', mode: 'self' });
    const ratingId = session.open.ratings[0]?.ratingId ?? '';
    session.do({ type: 'answer-item', ratingId, item: 9, value: 1 });
    const byKind = new Map(itemsOf(session).map((item) => [item.kind, item]));
    expect(byKind.get('late-entry')).toMatchObject({ asks: 'nothing', label: 'Onset of effect' });
    expect(byKind.get('late-entry')?.detail).toContain('hands were busy');
    expect(byKind.get('gap')).toMatchObject({ asks: 'nothing', detail: 'Vigil was not running, 3 min' });
    expect(byKind.get('rating-open')).toMatchObject({ asks: 'reason' });
    expect(byKind.get('safety-flag')).toMatchObject({ asks: 'what-was-done', label: 'PHQ-9 item 9 answered 1' });
  });

  test('SIGNING-6 criteria recorded as met by a tap, and a line taken out before, each wait for a reason', () => {
    const session = ended();
    const late = { utcMs: startMs + 120 * 60_000, reason: 'forgotten' };
    session.do({ type: 'reach-milestone', milestone: 'iv_removed', at: { ...late, utcMs: startMs + 110 * 60_000 } });
    session.do({ type: 'reach-milestone', milestone: 'criteria_met', at: late });
    const open = openItems(itemsOf(session)).map(({ key }) => key.replace(/:e.*/, ''));
    expect(open).toContain('assessment');
    expect(open).toContain('order');
  });
});

describe('signing', () => {
  test('SIGNING-7 a signature carries name, role, meaning, time and the hash it signs', () => {
    const session = ended();
    closeAll(session);
    const { recordHash } = session.seal;
    expect(sign(session).refusal).toBeNull();
    expect(session.log.at(-1)).toMatchObject({
      kind: 'session-signed',
      body: { version: 1, name: 'First', role: 'nurse', meaning: 'authored', recordHash, seal: { throughSeq: session.log.length - 1 } },
    });
    expect(session.open.signing.versions).toMatchObject([{ version: 1, recordHash, amendment: null }]);
  });

  test('SIGNING-8 a signature with a point open, without the PIN, or before the end is refused with what to do', () => {
    const session = ended();
    const incomplete = sign(session).refusal;
    expect(incomplete?.code).toBe('SIGN_INCOMPLETE');
    expect(incomplete?.message).toMatch(/^Still open: Escort confirmed, .* and \d+ more\. Record what is missing/);
    closeAll(session);
    expect(session.try({ type: 'sign-session', recordHash: session.seal.recordHash }).refusal?.code).toBe('STAFF_PIN_REQUIRED');
    expect(sign(dosing().at(20)).refusal?.code).toBe('SESSION_WRONG_STATE');
  });

  test('SIGNING-9 a record that changed after it was shown is not signed', () => {
    const session = ended();
    closeAll(session);
    const shown = session.seal.recordHash;
    session.do({ type: 'record-observation', text: 'one more thing', chips: [], begunAt: session.nowMs });
    expect(sign(session, shown).refusal?.code).toBe('SIGN_RECORD_CHANGED');
    expect(session.open.signing.versions).toEqual([]);
  });

  test('SIGNING-10 of two windows that sign at once the second is told who signed', () => {
    const session = ended();
    closeAll(session);
    const shown = session.seal.recordHash;
    expect(sign(session, shown).refusal).toBeNull();
    const { refusal } = sign(session, shown);
    expect(refusal?.code).toBe('SIGN_ALREADY_SIGNED');
    expect(refusal?.message).toContain('signed by First');
    expect(session.open.signing.versions).toHaveLength(1);
  });

  test('SIGNING-11 nobody signs as the author of what others recorded, and a therapist does not sign first', () => {
    const session = ended();
    closeAll(session);
    const context = { ...session.context(), actor: { ...second, personId: 'b0000000-0000-7000-8000-000000000009' }, ownPinChecked: true };
    expect(session.tryIn(context, { type: 'sign-session', recordHash: session.seal.recordHash }).refusal?.code).toBe('SIGN_WRONG_PERSON');
    session.role = 'therapist';
    expect(sign(session).refusal?.code).toBe('STAFF_NOT_ALLOWED');
  });

  test('SIGNING-12 a second person co-signs the version that stands, once, and only a prescriber approves', () => {
    const session = signed();
    const recordHash = session.open.signing.versions[0]?.recordHash ?? '';
    session.witness = second;
    expect(session.try({ type: 'cosign-session', meaning: 'approved', recordHash }).refusal?.code).toBe('SIGN_WRONG_PERSON');
    expect(session.try({ type: 'cosign-session', meaning: 'witnessed', recordHash: '0'.repeat(64) }).refusal?.code).toBe(
      'SIGN_RECORD_CHANGED',
    );
    session.do({ type: 'cosign-session', meaning: 'witnessed', recordHash });
    expect(session.open.signing.versions[0]?.signatures.map(({ name, meaning }) => `${name} ${meaning}`)).toEqual([
      'First authored',
      'Second witnessed',
    ]);
    expect(session.try({ type: 'cosign-session', meaning: 'reviewed', recordHash }).refusal?.code).toBe('SIGN_ALREADY_SIGNED');
    // The author is no second person.
    session.witness = null;
    session.ownPinChecked = true;
    expect(session.try({ type: 'cosign-session', meaning: 'reviewed', recordHash }).refusal?.code).toBe('SIGN_ALREADY_SIGNED');
  });
});

describe('after the end, and after a signature', () => {
  const note = (session: PlayedSession): SessionCommandInput => ({
    type: 'record-observation',
    text: 'afterwards',
    chips: [],
    begunAt: session.nowMs,
  });

  test('SIGNING-13 an ended session takes late entries that name a time before its end, and nothing done to a patient', () => {
    const session = ended();
    expect(session.try({ type: 'reach-milestone', milestone: 'discharged' }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    const after = { utcMs: startMs + 131 * 60_000, reason: 'late' };
    expect(session.try({ type: 'reach-milestone', milestone: 'discharged', at: after }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    const future = { utcMs: startMs + 200 * 60_000, reason: 'late' };
    expect(session.try({ type: 'enter-vitals', values: { spo2: 97 }, at: future }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    const before = { utcMs: startMs - 60 * 60_000, reason: 'late' };
    expect(session.try({ type: 'enter-vitals', values: { spo2: 97 }, at: before }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    session.insist({ type: 'reach-milestone', milestone: 'discharged', at: { utcMs: startMs + 125 * 60_000, reason: 'hands were full' } });
    session.do(note(session));
    for (const command of [{ type: 'start-dose' }, { type: 'request-stop' }, { type: 'end-session' }] as const) {
      expect(session.try(command).refusal?.code).toBe('SESSION_ENDED');
    }
  });

  test('SIGNING-14 a signed record takes no entry, correction or undo until an amendment is begun', () => {
    const session = signed();
    const onset = session.log.find(({ kind }) => kind === 'milestone-reached')?.eventId ?? '';
    const end = session.log.find(({ kind }) => kind === 'session-ended')?.eventId ?? '';
    for (const command of [
      note(session),
      { type: 'undo', eventId: onset },
      { type: 'undo', eventId: end },
      { type: 'correct-time', eventId: onset, utcMs: startMs - 60_000, reason: 'misread' },
      { type: 'close-item', keys: ['milestone:discharged'], reason: 'again' },
    ] satisfies SessionCommandInput[]) {
      expect(session.try(command).refusal?.code).toBe('SESSION_SIGNED');
    }
    expect(session.open.problems).toEqual([]);
  });

  test('SIGNING-15 an amendment has a reason, changes by entries of its own, and is signed as the next version', () => {
    const session = signed();
    session.do({ type: 'begin-amendment', reason: 'onset was noted late' });
    expect(session.try({ type: 'begin-amendment', reason: 'again' }).refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(sign(session).refusal?.code).toBe('SIGN_NOTHING_CHANGED');
    const end = session.log.find(({ kind }) => kind === 'session-ended')?.eventId ?? '';
    expect(session.try({ type: 'undo', eventId: end }).refusal?.code).toBe('SESSION_SIGNED');
    session.do({ type: 'reach-milestone', milestone: 'onset', at: { utcMs: startMs + 6 * 60_000, reason: 'not noted then' } });
    expect(session.try({ type: 'close-amendment', reason: 'never mind' }).refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(sign(session).refusal).toBeNull();
    expect(session.open.signing.versions.map(({ version, amendment }) => [version, amendment?.reason ?? null])).toEqual([
      [1, null],
      [2, 'onset was noted late'],
    ]);
    expect(session.try(note(session)).refusal?.code).toBe('SESSION_SIGNED');
  });

  test('SIGNING-16 an amendment in which nothing changed is closed, and the version that was signed stands', () => {
    const session = signed();
    session.do({ type: 'begin-amendment', reason: 'wrong patient?' });
    session.do({ type: 'close-amendment', reason: 'it was the right one' });
    expect(session.open.signing.amendment).toBeNull();
    expect(session.try(note(session)).refusal?.code).toBe('SESSION_SIGNED');
    expect(session.try({ type: 'close-amendment', reason: 'again' }).refusal?.code).toBe('SESSION_SIGNED');
  });

  test('SIGNING-24 private notes around a signature change nothing that it covers', () => {
    const session = ended();
    closeAll(session);
    const shown = session.seal.recordHash;
    const noteId = 'b0000000-0000-7000-8000-000000000009';
    session.append([{ kind: 'private-note-marked', body: { noteId } }]);
    expect(sign(session, shown).refusal).toBeNull();
    session.append([{ kind: 'text-moved-across', body: { direction: 'to-private', from: 'line', noteId: null } }]);
    session.do({ type: 'begin-amendment', reason: 'looked again' });
    session.append([{ kind: 'private-note-marked', body: { noteId } }]);
    expect(session.open.signing.amendment?.changes).toBe(0);
    expect(sign(session).refusal?.code).toBe('SIGN_NOTHING_CHANGED');
    session.do({ type: 'close-amendment', reason: 'nothing to change' });
    expect(session.open.signing.versions).toMatchObject([{ version: 1, recordHash: shown }]);
  });

  test('SIGNING-17 a signature is never undone', () => {
    const session = signed();
    const signature = session.log.at(-1)?.eventId ?? '';
    session.do({ type: 'begin-amendment', reason: 'signed by mistake' });
    expect(session.try({ type: 'undo', eventId: signature }).refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(session.open.signing.versions).toHaveLength(1);
  });

  test('SIGNING-18 an answer to a point that is no longer open, or never was, is refused', () => {
    const session = ended();
    expect(session.try({ type: 'close-item', keys: ['milestone:consent'], reason: 'said why' }).refusal?.code).toBe('SIGN_UNKNOWN_ITEM');
    session.append([{ kind: 'recording-gap', body: { fromMs: startMs, toMs: startMs + 180_000, cause: 'restart' } }]);
    const told = itemsOf(session).find(({ kind }) => kind === 'gap');
    expect(told).toMatchObject({ asks: 'nothing' });
    expect(session.try({ type: 'close-item', keys: [told?.key ?? ''], reason: 'said why' }).refusal?.code).toBe('SIGN_UNKNOWN_ITEM');
    expect(dosing().try({ type: 'close-item', keys: ['milestone:discharged'], reason: 'said why' }).refusal?.code).toBe(
      'SESSION_WRONG_STATE',
    );
  });
});
