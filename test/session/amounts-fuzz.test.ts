import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import type { Role } from '../../shared/contract/board/people.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { doseView } from '../../electron/service/projection/session-view.ts';
import { decideSession, foreseeSession } from '../../electron/service/session/decide/decide-session.ts';
import type { SessionEvent } from '../../electron/service/session/events/session-event.ts';
import { reach } from '../support/reach-milestone.ts';
import { type PlayedSession, prescriberBeside } from './played-session.ts';
import { weighed } from './ready-session.ts';

const soak = process.env['VIGIL_SOAK'] !== undefined;

/** Stated here and not taken from the protocols: mg/kg in all, mg in all, mL in a deltoid and in another muscle. */
const most = { iv: { perKg: 1 }, im: { perKg: 2, deltoidMl: 2, otherMl: 4 }, intranasal: { mg: 84 }, sublingual: { perKg: 4 } } as const;

interface Step {
  readonly waitMs: number;
  readonly input: (session: PlayedSession) => SessionCommandInput;
  /** Which of the doubts are answered: all, all but one, the first one's reason for everything, none. */
  readonly says: 'all' | 'all-but-one' | 'one-for-all' | 'nothing';
  readonly witness: Role | null;
}

const amount = fc.oneof(
  fc.constantFrom(0.1, 0.5, 1, 5, 10, 40, 68, 77.1, 84, 136, 400, 770),
  fc.integer({ min: 1, max: 9000 }).map((n) => n / 10),
);
const idOf = (session: PlayedSession, index: number): string => session.log[index % session.log.length]?.eventId ?? '';
const standingOrder = true as const;

const byRoute: Readonly<Record<Protocol['route'], fc.Arbitrary<Step['input']>>> = {
  iv: fc.oneof(
    fc.constantFrom(0.5, 0.3, 1, 1.1, 5).map((mgPerKg) => () => ({
      type: 'order-dose' as const,
      mgPerKg,
      minutes: 40,
      mgPerMl: 1,
      standingOrder,
    })),
    fc.constant(() => ({ type: 'start-dose' as const })),
    amount.map((rateMlPerHour) => () => ({ type: 'change-rate' as const, rateMlPerHour })),
    amount.map((mg) => () => ({ type: 'give-bolus' as const, mg })),
    fc
      .boolean()
      .map(
        (pauses) => () => (pauses ? { type: 'pause-dose' as const, reason: 'patient-asked' as const } : { type: 'resume-dose' as const }),
      ),
    fc.constant(() => ({ type: 'start-dose' as const })),
    fc.tuple(amount, fc.integer({ min: 1000, max: 240_000 })).map(([mg, backMs]) => (session: PlayedSession) => ({
      type: 'give-bolus' as const,
      mg,
      at: { utcMs: session.nowMs - backMs },
    })),
    fc.tuple(amount, amount).map(([mg, rate]) => () => ({ type: 'change-bag' as const, mg, ml: 40, rateMlPerHour: rate })),
  ),
  im: fc.oneof(
    fc.tuple(fc.constantFrom(0.5, 1, 1.5, 5), fc.constantFrom(50, 100)).map(([mgPerKg, mgPerMl]) => () => ({
      type: 'order-injection' as const,
      mgPerKg,
      mgPerMl,
      secondMgPerKg: 0.5,
      standingOrder,
    })),
    fc
      .tuple(fc.option(amount, { nil: undefined }), fc.constantFrom('deltoid' as const, 'ventrogluteal' as const), fc.boolean())
      .map(([mg, site, isLeft]) => () => ({
        type: 'give-injection' as const,
        site,
        side: isLeft ? ('left' as const) : ('right' as const),
        lot: 'K-1',
        ...(mg === undefined ? {} : { mg }),
      })),
  ),
  intranasal: fc.oneof(
    fc.constantFrom(28, 56, 84, 112, 560).map((mg) => () => ({ type: 'order-devices' as const, mg, standingOrder })),
    fc.constant(() => ({ type: 'give-device' as const, lot: 'S-9' })),
  ),
  sublingual: fc.oneof(
    fc.constantFrom(0.5, 1, 2, 3, 6).map((lozenges) => () => ({ type: 'order-lozenges' as const, lozenges, standingOrder })),
    fc.constant(() => ({ type: 'place-lozenge' as const })),
  ),
};
const corrections: fc.Arbitrary<Step['input']> = fc.oneof(
  fc.nat({ max: 60 }).map((index) => (session: PlayedSession) => ({ type: 'undo' as const, eventId: idOf(session, index) })),
  fc.tuple(fc.nat({ max: 60 }), fc.integer({ min: 0, max: 1_500_000 })).map(([index, backMs]) => (session: PlayedSession) => ({
    type: 'correct-time' as const,
    eventId: idOf(session, index),
    utcMs: session.nowMs - backMs,
    reason: 'misread',
  })),
);
/** Of whatever was given, or of an entry that is no administration. */
const corrected: fc.Arbitrary<Step['input']> = fc
  .tuple(fc.nat({ max: 3 }), amount, fc.constantFrom('mg', 'site', 'lozenges'), fc.boolean())
  .map(([index, mg, what, isDeltoid]) => (session: PlayedSession) => {
    const { administrations } = session.open.dose;
    const eventId = administrations[index % Math.max(1, administrations.length)]?.eventId ?? idOf(session, index);
    const base = { type: 'correct-administration' as const, eventId, reason: 'misread' };
    if (what === 'mg') return { ...base, mg };
    if (what === 'lozenges') return { ...base, lozenges: Math.min(20, Math.max(0.5, Math.round(mg / 10) / 2)) };
    return { ...base, mg, site: isDeltoid ? ('deltoid' as const) : ('ventrogluteal' as const) };
  });
/** An act of the dose is undone or moved. */
const ofDose: fc.Arbitrary<Step['input']> = fc
  .tuple(fc.nat({ max: 9 }), fc.option(fc.integer({ min: 0, max: 1_500_000 }), { nil: undefined }))
  .map(([index, backMs]) => (session: PlayedSession) => {
    const acts = session.log.filter(({ kind }) => isDoseAct.has(kind) || kind === 'dose-paused' || kind === 'dose-resumed');
    const eventId = acts[index % Math.max(1, acts.length)]?.eventId ?? idOf(session, index);
    if (backMs === undefined) return { type: 'undo' as const, eventId };
    return { type: 'correct-time' as const, eventId, utcMs: session.nowMs - backMs, reason: 'misread' };
  });
const stepsOf = (route: Protocol['route']): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      waitMs: fc.integer({ min: 0, max: 900_000 }),
      input: fc.oneof(
        { arbitrary: byRoute[route], weight: 5 },
        { arbitrary: corrections, weight: 1 },
        { arbitrary: corrected, weight: 2 },
        { arbitrary: ofDose, weight: 2 },
      ),
      says: fc.constantFrom<Step['says'][]>('all', 'all', 'all', 'all-but-one', 'one-for-all', 'nothing'),
      witness: fc.constantFrom<Role | null>('prescriber', 'prescriber', 'nurse', null),
    }),
    { minLength: 4, maxLength: 18, size: 'max' },
  );

function begin(protocol: Protocol): PlayedSession {
  const session = weighed(protocol, 80);
  for (const { milestone, beforeDose } of protocol.milestones) {
    if (beforeDose && milestone !== 'double_check') session.try(reach(milestone));
  }
  return session.at(0);
}

/** As somebody at the page would: asked, then answering what they choose to. */
function play(session: PlayedSession, { input, says, witness }: Step): readonly SessionEvent[] {
  const command = input(session);
  const second = witness === null ? null : { ...prescriberBeside, role: witness };
  const context = { ...session.context(), secondPerson: second };
  const parsed = sessionCommandSchema.parse(command);
  const ahead = foreseeSession(session.state, parsed, context);
  const asked = decideSession(session.state, parsed, context);
  const doubts = 'refusal' in asked ? (asked.refusal.doubts ?? []) : [];
  const reason = 'as agreed by phone';
  const answers =
    says === 'nothing'
      ? []
      : says === 'one-for-all'
        ? doubts.slice(0, 1).map(({ key }) => ({ key, reason }))
        : doubts.slice(says === 'all' ? 0 : 1).map(({ key }) => ({ key, reason }));
  const { events } = session.tryIn({ ...context, answers }, command);
  if (events.length > 0) {
    // What was foreseen is what is true now.
    if ('refusal' in ahead) throw new Error(ahead.refusal.message);
    expect(doseView(session.open, session.protocol)).toEqual(withIds(doseView(ahead.after, session.protocol), session));
  }
  return events;
}

/** A look ahead cannot know the id that an entry will have; everything else of it is compared. */
function withIds(view: ReturnType<typeof doseView>, session: PlayedSession): ReturnType<typeof doseView> {
  const ids = doseView(session.open, session.protocol).administrations.map(({ eventId }) => eventId);
  return {
    ...view,
    administrations: view.administrations.map((given, index) => ({ ...given, eventId: ids[index] ?? given.eventId })),
  };
}

/** The keys that this event, or the order that it was given by, was passed by with a prescriber's own PIN. */
function signedFor(session: PlayedSession, event: SessionEvent): ReadonlySet<string> {
  const order = session.open.order ?? session.open.routeOrder;
  const passed = [...(event.body.answered ?? []), ...(order?.answered ?? [])];
  return new Set(passed.filter(({ needs, by }) => needs === 'prescriber' && by !== undefined).map(({ key }) => key));
}

const doseKeys = ['dose-outside-protocol', 'second-dose-outside-protocol', 'lozenges-outside-protocol', 'total-above-limit'];

for (const protocol of builtInProtocols) {
  test(`AMOUNT-9 by ${protocol.route}, no sequence of acts records a dose beyond a limit without that limit’s own answer`, () => {
    let given = 0;
    let beyond = 0;
    fc.assert(
      fc.property(stepsOf(protocol.route), (steps) => {
        const session = begin(protocol);
        for (const step of steps) {
          session.nowMs += step.waitMs;
          for (const event of play(session, step)) {
            const isDose = ['dose-started', 'bolus-given', 'bag-changed', 'injection-given', 'device-given', 'lozenge-placed'];
            if (!isDose.includes(event.kind)) continue;
            given += 1;
            const signed = signedFor(session, event);
            const mg = totalMg(session, event);
            const limitMg = 'mg' in most[protocol.route] ? 84 : ('perKg' in most[protocol.route] ? perKgOf(protocol.route) : 0) * 80;
            if (mg > limitMg + 0.001) {
              beyond += 1;
              expect([event.kind, mg, doseKeys.some((key) => signed.has(key))]).toEqual([event.kind, mg, true]);
            }
            if (event.kind === 'injection-given' && muscleMl(session, event) > (event.body.site === 'deltoid' ? 2 : 4)) {
              beyond += 1;
              expect(event.body.answered?.some(({ key, by }) => key === 'volume-above-limit' && by !== undefined)).toBe(true);
            }
          }
        }
      }),
      { seed: 2026, numRuns: soak ? 4000 : 200, endOnFailure: true },
    );
    // It says something only if doses were given, and some of them beyond a limit.
    expect([given > 30, beyond > 2]).toEqual([true, true]);
  });
}

const limitMgOf = (route: Protocol['route']): number => (route === 'intranasal' ? most.intranasal.mg : perKgOf(route) * 80);
const baseKey = (key: string): string => key.split(':')[0] ?? key;

/** The most that was in at any act of the dose, and the most in any one muscle beyond what it takes. */
function figuresOf(session: PlayedSession): { readonly totalMg: number; readonly overMl: number } {
  const acts = session.open.history.filter(({ event }) => isDoseAct.has(event.kind));
  const injections = session.open.dose.administrations.flatMap(({ event }) => (event.kind === 'injection-given' ? [event] : []));
  return {
    totalMg: Math.max(0, ...acts.map(({ event, occurred }) => totalMg(session, { ...event, occurred }))),
    overMl: Math.max(0, ...injections.map((event) => muscleMl(session, event) - (event.body.site === 'deltoid' ? 2 : 4))),
  };
}

const isDoseAct: ReadonlySet<string> = new Set([
  'dose-started',
  'bolus-given',
  'bag-changed',
  'injection-given',
  'device-given',
  'lozenge-placed',
]);

for (const protocol of builtInProtocols) {
  test(`CORRECT-7 by ${protocol.route}, no correction, undo or late entry brings the dose further beyond a limit without that limit’s own answer`, () => {
    let corrections = 0;
    let beyond = 0;
    const limitMg = limitMgOf(protocol.route);
    fc.assert(
      fc.property(stepsOf(protocol.route), fc.constantFrom(0, 0, 20, 60, 150), (steps, elsewhereMg) => {
        const session = begin(protocol);
        if (protocol.route === 'iv') {
          session.insist({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder });
          session.insist({ type: 'start-dose' });
        }
        session.todayElsewhereUg = elsewhereMg * 1000;
        for (const step of steps) {
          session.nowMs += step.waitMs;
          const before = figuresOf(session);
          const [event] = play(session, step);
          if (event === undefined) continue;
          const after = figuresOf(session);
          const signed = signedFor(session, event);
          const has = (...keys: string[]): boolean => [...signed].some((key) => keys.includes(baseKey(key)));
          if (event.supersedes !== null && (after.totalMg !== before.totalMg || after.overMl !== before.overMl)) corrections += 1;
          const grows = after.totalMg > before.totalMg + 0.001;
          if (grows && after.totalMg > limitMg + 0.01) {
            beyond += 1;
            expect([event.kind, after.totalMg, has(...doseKeys)]).toEqual([event.kind, after.totalMg, true]);
          }
          if (grows && elsewhereMg > 0 && after.totalMg + elsewhereMg > limitMg + 0.01) {
            beyond += 1;
            expect([event.kind, after.totalMg, has('day-total-above-limit')]).toEqual([event.kind, after.totalMg, true]);
          }
          if (after.overMl > before.overMl + 0.0005) {
            beyond += 1;
            expect([event.kind, after.overMl, has('volume-above-limit')]).toEqual([event.kind, after.overMl, true]);
          }
        }
      }),
      { seed: 2027, numRuns: soak ? 4000 : 150, endOnFailure: true },
    );
    expect([corrections > 3, beyond > 5]).toEqual([true, true]);
  });
}

function perKgOf(route: Protocol['route']): number {
  return route === 'iv' ? most.iv.perKg : route === 'im' ? most.im.perKg : most.sublingual.perKg;
}

/** All that has gone in by this event, with the whole of a bag that is hung. */
function totalMg(session: PlayedSession, event: SessionEvent): number {
  const { timeline } = session.open.dose;
  const atMs = event.occurred.utcMs;
  if (event.kind === 'dose-started') return event.body.bag.ug / 1000;
  if (event.kind === 'bag-changed') return (deliveredUg(timeline, atMs) + event.body.bag.ug) / 1000;
  return deliveredUg(timeline, atMs) / 1000;
}

function muscleMl(session: PlayedSession, event: Extract<SessionEvent, { kind: 'injection-given' }>): number {
  const { site, side } = event.body;
  return session.open.dose.administrations
    .filter(({ event: one }) => one.kind === 'injection-given' && one.body.site === site && one.body.side === side)
    .reduce((sum, { event: one }) => sum + (one.kind === 'injection-given' ? one.body.ul / 1000 : 0), 0);
}
