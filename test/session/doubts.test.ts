import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import { refusalCodes, type Doubt } from '../../shared/contract/contract-errors.ts';
import { doubtKeySchema, doubtNeeds, hasWords, type Answer } from '../../shared/contract/doubt.ts';
import type { Role } from '../../shared/contract/board/people.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { currentDetail } from '../../electron/service/session/questions/dose-words.ts';
import { answersToMet, refusalOf, weighDoubts } from '../../electron/service/session/decide/doubts.ts';
import { eventBodies, sessionEventBodies } from '../../electron/service/session/events/session-event.ts';
import { foldSession } from '../../electron/service/session/state/session-state.ts';
import { commandTable, openStages, sessionIn } from './command-table.ts';
import { dosing, PlayedSession, startMs } from './played-session.ts';

const first = { personId: 'b0000000-0000-7000-8000-000000000001', name: 'First' };
const second = { personId: 'b0000000-0000-7000-8000-000000000002', name: 'Second' };
const keys = ['monitor-not-live', 'amount-not-ordered', 'total-above-limit', 'not-done:consent', 'not-done:timeout'];
const anyDoubt: fc.Arbitrary<Doubt> = fc.record({
  key: fc.constantFrom(...keys),
  code: fc.constantFrom(...refusalCodes),
  words: fc.constant('something stands against it'),
  needs: fc.constantFrom(...doubtNeeds),
});
const anyDoubts = fc.uniqueArray(anyDoubt, { selector: ({ key }) => key, maxLength: keys.length });
const anyAnswers: fc.Arbitrary<Answer[]> = fc.array(
  fc.record({ key: fc.constantFrom(...keys, 'not-asked'), reason: fc.constantFrom('as ordered by phone', 'x', '', '.', 'aaaa', '12') }),
  { maxLength: 6 },
);
const anyRole = fc.constantFrom<Role>('nurse', 'therapist', 'prescriber');
const anyVouching = fc.record({
  actor: anyRole.map((role) => ({ ...first, role })),
  ownPinChecked: fc.boolean(),
  secondPerson: fc.option(anyRole.map((role) => ({ ...second, role }))),
});

/** As a person would put it, beside the code and not from it. */
function mayPass({ key, needs }: Doubt, answers: readonly Answer[], { actor, ownPinChecked, secondPerson }: Vouching): boolean {
  if (!answers.some((answer) => answer.key === key && answer.reason === 'as ordered by phone')) return false;
  if (needs === 'second-reading') return false;
  if (needs === 'second-person') return secondPerson?.role === 'nurse' || secondPerson?.role === 'prescriber';
  if (needs === 'prescriber') return secondPerson?.role === 'prescriber' || (actor.role === 'prescriber' && ownPinChecked);
  return true;
}
type Vouching = typeof anyVouching extends fc.Arbitrary<infer V> ? V : never;

interface AnyAct {
  readonly session: () => PlayedSession;
  readonly input: SessionCommandInput;
}

const fromTheTable: fc.Arbitrary<AnyAct> = fc
  .tuple(fc.constantFrom(...openStages), fc.constantFrom(...Object.values(commandTable)))
  .map(([stage, { input }]) => ({ session: () => sessionIn(stage), input: input(sessionIn(stage)) }));

const figures: fc.Arbitrary<SessionCommandInput> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom<'kg' | 'lb'>('kg', 'lb'))
    .map(([value, unit]) => ({ type: 'record-weight' as const, value, unit, again: { value, unit } })),
  fc
    .tuple(fc.constantFrom(0.1, 0.5, 5), fc.constantFrom(4, 40, 500), fc.constantFrom(0.01, 1, 50))
    .map(([mgPerKg, minutes, mgPerMl]) => ({ type: 'order-dose' as const, mgPerKg, minutes, mgPerMl, standingOrder: true as const })),
  fc.tuple(fc.constantFrom(0.1, 1, 5), fc.constantFrom(1, 50), fc.constantFrom(0.5, 5)).map(([mgPerKg, mgPerMl, secondMgPerKg]) => ({
    type: 'order-injection' as const,
    mgPerKg,
    mgPerMl,
    secondMgPerKg,
    standingOrder: true as const,
  })),
  fc.constantFrom(28, 56, 112, 560).map((mg) => ({ type: 'order-devices' as const, mg, standingOrder: true as const })),
  fc.constantFrom(0.5, 1, 9).map((lozenges) => ({ type: 'order-lozenges' as const, lozenges, standingOrder: true as const })),
);

const ofFigures: fc.Arbitrary<AnyAct> = fc
  .tuple(fc.constantFrom(...builtInProtocols), fc.option(fc.constant(80_000)), figures)
  .map(([protocol, lastVisitGrams, input]) => ({
    session: () => {
      const session = new PlayedSession();
      session.protocol = protocol;
      session.openSession();
      if (input.type !== 'record-weight') session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
      session.lastVisitGrams = lastVisitGrams;
      return session;
    },
    input,
  }));

/** Acts of every kind, likely or not, in a session that can take them or not. */
const anyAct = fc.oneof({ arbitrary: fromTheTable, weight: 1 }, { arbitrary: ofFigures, weight: 3 });

describe('any set of doubts', () => {
  test('DOUBT-1, DOUBT-4 passes exactly by its own answers and the PINs it needs', () => {
    let passed = 0;
    fc.assert(
      fc.property(anyDoubts, anyAnswers, anyVouching, (doubts, answers, vouching) => {
        const { open, answered } = weighDoubts(doubts, answers, vouching);
        expect(open.map(({ key }) => key)).toEqual(doubts.filter((doubt) => !mayPass(doubt, answers, vouching)).map(({ key }) => key));
        expect(answered.map(({ key }) => key)).toEqual(doubts.filter((doubt) => mayPass(doubt, answers, vouching)).map(({ key }) => key));
        passed += answered.length;
      }),
      { seed: 2026, numRuns: 2000 },
    );
    expect(passed).toBeGreaterThan(100);
  });

  test('DOUBT-1, DOUBT-2 of any command: with one answer left out it is refused with that doubt, with all it is taken', () => {
    let asked = 0;
    fc.assert(
      fc.property(anyAct, ({ session: begin, input }) => {
        const session = begin();
        session.witness = { ...second, role: 'prescriber' };
        const { refusal } = session.try(input);
        const doubts = refusal?.doubts ?? [];
        if (doubts.length === 0) return;
        asked += 1;
        expect(new Set(doubts.map(({ key }) => key)).size).toBe(doubts.length);
        for (const { key, words } of doubts) {
          expect(doubtKeySchema.safeParse(key).success).toBe(true);
          expect(refusal?.message).toContain(words);
        }
        expect(refusal?.code).toBe(doubts[0]?.code);
        const answers = doubts.map(({ key }) => ({ key, reason: 'as the prescriber asked' }));
        for (const left of answers) {
          const before = session.log.length;
          const again = session.try(
            input,
            answers.map((answer) => (answer === left ? { ...answer, key: 'another-doubt' } : answer)),
          );
          expect(again.refusal?.doubts?.map(({ key }) => key)).toEqual([left.key]);
          expect(session.log).toHaveLength(before);
        }
        const taken = session.try(input, answers);
        expect(taken.refusal).toBeNull();
        expect(taken.events[0]?.body.answered?.map(({ key }) => key)).toEqual(answers.map(({ key }) => key));
      }),
      { seed: 2026, numRuns: 400 },
    );
    expect(asked).toBeGreaterThan(50);
  });
});

describe('answers', () => {
  const doubt = { key: 'total-above-limit', code: 'DOSE_OUTSIDE_PROTOCOL', words: 'More than the limit' } as const;
  const actor = { ...first, role: 'prescriber' } as const;
  const alone = { actor, secondPerson: null };
  const reason = 'as ordered by phone';

  test('DOUBT-5 beside a passed doubt stands whose PIN it was: the second person’s, the prescriber’s own, or nobody’s', () => {
    const passed = (needs: Doubt['needs'], vouching: Vouching) =>
      weighDoubts([{ ...doubt, needs }], [{ key: doubt.key, reason }], vouching).answered;
    const kept = { key: doubt.key, words: doubt.words, reason };
    const beside = { actor, ownPinChecked: false, secondPerson: { ...second, role: 'nurse' } } as const;
    expect(passed('reason', beside)).toEqual([{ ...kept, needs: 'reason' }]);
    expect(passed('second-person', beside)).toEqual([{ ...kept, needs: 'second-person', by: second }]);
    expect(passed('prescriber', { ...alone, ownPinChecked: true })).toEqual([{ ...kept, needs: 'prescriber', by: first }]);
  });

  test('DOUBT-10 of what is met meanwhile its own answer is kept, with whose PIN it was, and no other', () => {
    const met = (needs: Doubt['needs'], answers: readonly Answer[], secondPerson: Vouching['secondPerson'] = null) =>
      answersToMet([{ ...doubt, needs }], answers, { ...alone, secondPerson });
    const kept = { key: doubt.key, words: doubt.words, reason };
    const own = [
      { key: 'monitor-not-live', reason: 'of another doubt' },
      { key: doubt.key, reason },
    ];
    expect(met('reason', own)).toEqual([kept]);
    expect(met('second-person', own)).toEqual([kept]);
    expect(met('second-person', own, { ...second, role: 'nurse' })).toEqual([{ ...kept, by: second }]);
    expect(met('reason', own.slice(0, 1))).toEqual([]);
    expect(met('reason', [{ key: doubt.key, reason: '.' }])).toEqual([]);
  });

  test('DOUBT-2 the refusal says of each doubt who signs for it, and asks for one reason or one for each', () => {
    const one: Doubt = { ...doubt, needs: 'prescriber' };
    expect(refusalOf([one])).toStrictEqual({
      code: 'DOSE_OUTSIDE_PROTOCOL',
      message: 'More than the limit (a prescriber signs for it). Put it right, or give the reason.',
      doubts: [one],
    });
    const two: Doubt = { ...doubt, key: 'amount-not-ordered', needs: 'second-person', subject: 'mg' };
    expect(refusalOf([two, one])).toMatchObject({
      message:
        'More than the limit (a second person signs for it). More than the limit (a prescriber signs for it). Put it right, or give the reason for each.',
      subject: 'mg',
    });
  });

  test('DOUBT-2 without a monitor and with two points open, a start asks all three at once', () => {
    const session = new PlayedSession().openSession().at(-10).prepare().at(0);
    for (const milestone of ['consent', 'timeout']) {
      const entry = session.log.find((event) => event.kind === 'milestone-reached' && event.body.milestone === milestone);
      session.do({ type: 'undo', eventId: entry?.eventId ?? '' });
    }
    session.monitorLive = false;
    const { refusal } = session.try({ type: 'start-dose' });
    expect(refusal?.doubts?.map(({ key, needs }) => [key, needs])).toEqual([
      ['not-done:consent', 'reason'],
      ['not-done:timeout', 'reason'],
      ['monitor-not-live', 'reason'],
    ]);
    // The reason for the monitor says nothing about the consent.
    const one = session.try({ type: 'start-dose' }, [{ key: 'monitor-not-live', reason: 'no monitor in this room' }]);
    expect(one.refusal?.doubts?.map(({ key }) => key)).toEqual(['not-done:consent', 'not-done:timeout']);
  });

  test('DOUBT-3 a letter, a number, a dot or one letter held down is no reason', () => {
    for (const reason of ['x', 'ok', '.', '12345', 'aaaaaa', '   ', '- -', 'é'])
      expect([reason, hasWords(reason)]).toEqual([reason, false]);
    for (const reason of ['as ordered', 'no monitor in this room', 'erneut gewogen', 'взвешено дважды']) {
      expect([reason, hasWords(reason)]).toEqual([reason, true]);
    }
    const session = dosing().at(5);
    const bolus = { type: 'give-bolus', mg: 2 } as const;
    expect(session.try(bolus, [{ key: 'bolus-not-in-protocol', reason: 'x' }]).refusal?.doubts).toHaveLength(1);
    expect(session.try(bolus, [{ key: 'bolus-not-in-protocol', reason: 'ordered by phone' }]).refusal).toBeNull();
  });

  test('DOUBT-5 the event keeps what was asked and why it passed, every reader of the record finds it, and nothing else', () => {
    const session = dosing().at(5);
    const given = session.do({ type: 'give-bolus', mg: 2 }, [
      { key: 'bolus-not-in-protocol', reason: 'ordered by phone' },
      { key: 'monitor-not-live', reason: 'nobody asked this' },
    ]);
    expect(given.body.answered).toEqual([
      { key: 'bolus-not-in-protocol', words: expect.stringContaining('has no bolus'), reason: 'ordered by phone', needs: 'reason' },
    ]);
    expect(currentDetail(given, startMs + 5 * 60_000, session.open.dose)).toContain('has no bolus: ordered by phone');
    expect(session.do({ type: 'request-stop' }).body).toEqual({});
  });

  test('DOUBT-5 every kind of event can keep what was answered', () => {
    const answered = [{ key: 'monitor-not-live', words: 'No monitor', reason: 'none here', needs: 'reason' }];
    for (const [kind, body] of Object.entries(sessionEventBodies)) expect([kind, 'answered' in body.shape]).toEqual([kind, true]);
    expect(eventBodies['stop-requested'].parse({ answered })).toEqual({ answered });
  });

  test('DOUBT-6 what cannot be is refused as such, answered or not', () => {
    const session = dosing().at(10);
    const bolus = { type: 'give-bolus', mg: 30.001 } as const;
    const answers = [{ key: 'bolus-not-in-protocol', reason: 'ordered by phone' }];
    for (const refusal of [session.try(bolus).refusal, session.try(bolus, answers).refusal]) {
      expect(refusal?.code).toBe('DOSE_BAG_EXCEEDED');
      expect(refusal?.doubts).toBeUndefined();
    }
  });

  test('DOUBT-8 a record from before keeps its one reason', () => {
    const log = dosing().log.map((event) =>
      event.kind === 'dose-started'
        ? { ...event, body: eventBodies['dose-started'].parse({ ...event.body, overrideReason: 'on paper' }) }
        : event,
    );
    const state = foldSession(log);
    expect(state?.problems).toEqual([]);
    const start = state?.log.find(({ kind }) => kind === 'dose-started');
    expect(start === undefined || state === null ? null : currentDetail(start, startMs, state.dose)).toContain('reason: on paper');
  });
});
