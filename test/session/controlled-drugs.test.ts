import { describe, expect, test } from 'vitest';
import { sessionDrugs } from '../../electron/service/projection/session-drugs.ts';
import type { SessionDrugsView } from '../../shared/contract/drug-log-view.ts';
import type { Stock } from '../../shared/clinical/controlled-drug.ts';
import { dosing, PlayedSession, startMs } from './played-session.ts';

const vial: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };
const midazolam: Stock = { drug: 'midazolam', unit: 'ampoule', unitUg: 5000, ugPerMl: 1000 };
const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);

function viewOf(session: PlayedSession): SessionDrugsView {
  return sessionDrugs(session.open, session.protocol, () => 'Nurse', session.nowMs);
}

/** A vial drawn before a dose that runs from 10:00 at 60 mL/h, 1 mg/mL, of 40 mg. */
function drawnAndDosing(): PlayedSession {
  const session = new PlayedSession().openSession().at(-10).prepare();
  session.do({ type: 'draw-controlled-drug', stock: vial, mg: 500, lot: 'A17' });
  session.at(0).do({ type: 'start-dose' });
  return session;
}

const waste = (parts: readonly (readonly ['vial' | 'bag' | 'syringe', number])[], differenceReason?: string) =>
  ({
    type: 'waste-controlled-drug',
    stock: vial,
    parts: parts.map(([from, mg]) => ({ from, mg })),
    ...(differenceReason === undefined ? {} : { differenceReason }),
  }) as const;

describe('controlled drugs of a session', () => {
  test('DRUG-1 drawing and wasting need a second person, who stands in the entry', () => {
    const session = drawnAndDosing();
    session.witness = null;
    for (const command of [{ type: 'draw-controlled-drug', stock: vial, mg: 500 } as const, waste([['vial', 460]])]) {
      expect(session.try(command).refusal?.code).toBe('STAFF_WITNESS_REQUIRED');
    }
    session.witness = { personId: session.context().actor.personId, name: 'Self', role: 'nurse' };
    expect(session.try(waste([['vial', 460]])).refusal?.code).toBe('STAFF_OWN_WITNESS');
    expect(viewOf(session).entries).toEqual([expect.objectContaining({ kind: 'drawn', by: 'Nurse', witness: 'Second', ug: 500_000 })]);
  });

  test('DRUG-2 a 500 mg vial with 40 mg in the bag offers 460 mg while the dose runs, and nothing of the bag', () => {
    const session = drawnAndDosing();
    expect(viewOf(session)).toMatchObject({ stock: vial, drawnUg: 500_000, openUg: null, offered: [{ from: 'vial', ug: 460_000 }] });
    session.do(waste([['vial', 460]]));
    expect(viewOf(session).offered).toEqual([]);
  });

  test('DRUG-3 after an early stop the leftover of bag and vial is offered to the microgram', () => {
    const session = drawnAndDosing();
    session.at(23).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    expect(viewOf(session)).toMatchObject({
      givenUg: 23_000,
      openUg: 477_000,
      offered: [
        { from: 'vial', ug: 460_000 },
        { from: 'bag', ug: 17_000 },
      ],
    });
  });

  test('DRUG-4 waste that accounts for everything closes the milestone; an undo opens it again', () => {
    const session = drawnAndDosing();
    session.do(waste([['vial', 460]]));
    session.at(23).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    const closes = (): boolean => session.open.milestones.some((entry) => entry.milestone === 'waste_recorded');
    expect(closes()).toBe(false);
    const rest = session.at(25).do(waste([['bag', 17]]));
    expect(session.open.milestones.at(-1)).toMatchObject({ milestone: 'waste_recorded', atMs: ms(25), eventId: rest.eventId });
    expect(session.try({ type: 'reach-milestone', milestone: 'waste_recorded' }).refusal?.code).toBe('SESSION_WRONG_STATE');
    session.do({ type: 'undo', eventId: rest.eventId });
    expect(closes()).toBe(false);
    expect(viewOf(session).openUg).toBe(17_000);
  });

  test('DRUG-4 a corrected dose opens the account again and says by how much', () => {
    const session = drawnAndDosing();
    const stopped = session.at(23).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    session.at(24).do(
      waste([
        ['vial', 460],
        ['bag', 17],
      ]),
    );
    expect(viewOf(session).openUg).toBe(0);
    session.do({ type: 'correct-time', eventId: stopped.eventId, utcMs: ms(22), reason: 'pump log' });
    expect(viewOf(session)).toMatchObject({ openUg: 1000, givenUg: 22_000 });
    expect(session.open.milestones.some((entry) => entry.milestone === 'waste_recorded')).toBe(false);
  });

  test('DRUG-5 waste of what was never drawn, and more than was drawn, are refused', () => {
    const none = dosing().at(5);
    expect(none.try(waste([['bag', 1]])).refusal).toMatchObject({ code: 'DRUG_NOT_DRAWN', subject: 'stock' });
    const session = drawnAndDosing();
    session.do(waste([['vial', 300]]));
    const { refusal } = session.try(waste([['vial', 200.001]], 'spilled'));
    expect(refusal).toMatchObject({ code: 'DRUG_WASTE_EXCEEDS' });
    expect(refusal?.message).toBe('200.001 mg is more than there is: 500 mg was drawn, and 300 mg is wasted already. Check the amounts.');
  });

  test('DRUG-6 more than the dose leaves needs a reason, and the difference stands beside it', () => {
    const session = drawnAndDosing();
    session.at(23).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    const { refusal } = session.try(
      waste([
        ['vial', 460],
        ['bag', 18],
      ]),
    );
    expect(refusal).toMatchObject({ code: 'DRUG_DIFFERENCE_REASON', subject: 'differenceReason' });
    expect(refusal?.message).toContain('477 mg is left: 500 mg drawn, 23 mg given, 0 mg wasted before');
    const event = session.do(
      waste(
        [
          ['vial', 460],
          ['bag', 18],
        ],
        'read from the bag',
      ),
    );
    expect(event.kind === 'controlled-drug-wasted' ? event.body : null).toMatchObject({
      ug: 478_000,
      openUg: 477_000,
      difference: { ug: -1000, reason: 'read from the bag' },
    });
    expect(viewOf(session)).toMatchObject({ openUg: 0, differenceUg: -1000 });
  });

  test('DRUG-6 less than the dose leaves stays open, or is closed with a reason', () => {
    const session = drawnAndDosing();
    session.at(23).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    session.do(waste([['vial', 460]]));
    expect(viewOf(session).openUg).toBe(17_000);
    session.do(waste([['bag', 15]], 'bag leaked at the port'));
    expect(viewOf(session)).toMatchObject({ openUg: 0, differenceUg: 2000 });
  });

  test('DRUG-7 a draw that waste stands on is not undone before the waste', () => {
    const session = drawnAndDosing();
    const drawn = session.log.find((event) => event.kind === 'controlled-drug-drawn');
    const wasted = session.do(waste([['vial', 460]]));
    expect(session.try({ type: 'undo', eventId: drawn?.eventId ?? '' }).refusal).toMatchObject({
      code: 'DRUG_WASTE_EXCEEDS',
      subject: wasted.eventId,
    });
    session.do({ type: 'undo', eventId: wasted.eventId });
    expect(session.try({ type: 'undo', eventId: drawn?.eventId ?? '' }).refusal).toBeNull();
  });

  test('DRUG-17 a rescue drug is accounted by its own stock and leaves the dose alone', () => {
    const session = drawnAndDosing();
    session.at(12).do({ type: 'draw-controlled-drug', stock: midazolam, mg: 5 });
    const rest = { type: 'waste-controlled-drug' as const, stock: midazolam, parts: [{ from: 'syringe' as const, mg: 4 }] };
    expect(session.try({ ...rest, givenMg: 2 }).refusal?.code).toBe('DRUG_WASTE_EXCEEDS');
    session.do({ ...rest, givenMg: 1 });
    expect(viewOf(session)).toMatchObject({ drawnUg: 500_000, wastedUg: 0 });
    expect(
      viewOf(session)
        .entries.filter((entry) => !entry.forDose)
        .map(({ kind, ug }) => [kind, ug]),
    ).toEqual([
      ['drawn', 5000],
      ['wasted', 4000],
    ]);
  });

  test('DRUG-5 an amount of next to nothing, and a late entry without its reason, are refused', () => {
    const session = drawnAndDosing().at(20);
    expect(session.try({ type: 'draw-controlled-drug', stock: vial, mg: 0.0001 }).refusal?.code).toBe('DRUG_AMOUNT_IMPOSSIBLE');
    expect(session.try({ ...waste([['vial', 460]]), at: { utcMs: ms(2) } }).refusal?.code).toBe('SESSION_REASON_REQUIRED');
    expect(session.try({ ...waste([['vial', 460]]), at: { utcMs: ms(30) } }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
  });
});
