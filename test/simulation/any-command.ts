import { adverseEventCategoryKeys, adverseEventSeverities } from '../../shared/clinical/adverse-event.ts';
import type { Stock } from '../../shared/clinical/controlled-drug.ts';
import { instrumentIds } from '../../shared/clinical/instrument-id.ts';
import { milestoneKeys } from '../../shared/clinical/milestone.ts';
import { observationChips } from '../../shared/clinical/observation.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import {
  notAssessableReasons,
  pauseReasons,
  stopReasons,
  type SessionCommandInput,
  type SessionCommandType,
} from '../../shared/contract/session-commands.ts';
import { isBagEnd } from '../../electron/service/session/state/left-in-bag.ts';
import type { SessionState } from '../../electron/service/session/state/session-state.ts';
import type { Chance } from './seeded-chance.ts';

/** What somebody in the room sees when they reach for the screen. */
export interface Sight {
  readonly state: SessionState;
  readonly protocol: Protocol;
  readonly nowMs: number;
  /** Of the record as it stands; null while the session runs. */
  recordHash(): string | null;
}

const absentId = '018f0000-0000-7000-8000-000000000000';
export const vial: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };
const otherVial: Stock = { drug: 'midazolam', unit: 'ampoule', unitUg: 5_000, ugPerMl: 1_000 };

/** Mostly now; at times a while ago, with its reason or without; seldom an hour that cannot be. */
function at({ nowMs }: Sight, chance: Chance): object {
  if (!chance.in100(30)) return {};
  if (chance.in100(10)) return { at: { utcMs: nowMs + chance.between(3000, 3_600_000) } };
  const utcMs = nowMs - chance.between(1000, chance.in100(10) ? 20_000_000 : 1_200_000);
  return { at: chance.in100(70) ? { utcMs, reason: 'hands were busy' } : { utcMs } };
}

const idOf = (chance: Chance, ids: readonly string[]): string => (ids.length === 0 || chance.in100(3) ? absentId : chance.pick(ids));
const eventOf = ({ state }: Sight, chance: Chance): string =>
  idOf(
    chance,
    state.log.map((event) => event.eventId),
  );
const ratingOf = ({ state }: Sight, chance: Chance): string =>
  idOf(
    chance,
    state.ratings.map(({ ratingId }) => ratingId),
  );
const adverseEventOf = ({ state }: Sight, chance: Chance): string =>
  idOf(
    chance,
    state.adverseEvents.map(({ adverseEventId }) => adverseEventId),
  );
const bagEndOf = ({ state }: Sight, chance: Chance): string =>
  idOf(
    chance,
    state.log.filter(isBagEnd).map(({ eventId }) => eventId),
  );
const criterionOf = ({ protocol }: Sight, chance: Chance): string => chance.pick(protocol.discharge.criteria).id;
const hashOf = (sight: Sight, chance: Chance): string => (chance.in100(10) ? null : sight.recordHash()) ?? 'a'.repeat(64);

const ordered = (chance: Chance): object => (chance.in100(80) ? { standingOrder: true } : {});

type Make = (sight: Sight, chance: Chance) => object;

/** Of every command one that somebody might well send: sensible, mistaken, or at the wrong time. */
const make: Record<SessionCommandType, Make> = {
  'record-weight': (_, chance) => {
    const reading = { value: chance.between(40, 160), unit: chance.pick(['kg', 'lb']) };
    return { ...reading, ...(chance.in100(80) ? { again: reading } : {}), ...(chance.in100(10) ? { heightCm: 170 } : {}) };
  },
  'order-dose': (_, chance) => ({
    mgPerKg: chance.between(2, 12) / 10,
    minutes: chance.between(15, 60),
    mgPerMl: chance.pick([1, 2, 5]),
    ...ordered(chance),
  }),
  'order-injection': (_, chance) => ({ mgPerKg: chance.between(2, 20) / 10, mgPerMl: chance.pick([50, 100]), ...ordered(chance) }),
  'order-devices': (_, chance) => ({ mg: chance.pick([28, 56, 84, 112]), ...ordered(chance) }),
  'order-lozenges': (_, chance) => ({ lozenges: chance.pick([0.5, 1, 2, 6]), ...ordered(chance) }),
  'check-identity': ({ state }, chance) => ({
    birthDate: chance.in100(80) ? state.opened.birthDate : '1999-09-09',
    recordNumber: state.opened.recordNumber,
  }),
  'confirm-double-check': () => ({ readBack: 'as on the label' }),
  'record-remote-facts': (_, chance) => ({
    locationAddress: '12 Elm Street',
    emergencyContact: 'sister, 555 0101',
    sitterName: 'A. Sitter',
    callBackNumber: '555 0102',
    videoOn: chance.in100(70),
  }),
  'reach-milestone': (sight, chance) => ({ milestone: chance.pick(milestoneKeys), ...at(sight, chance) }),
  'start-dose': (sight, chance) => ({ ...at(sight, chance) }),
  'change-rate': (sight, chance) => ({ rateMlPerHour: chance.between(5, 120), ...at(sight, chance) }),
  'pause-dose': (sight, chance) => ({ reason: chance.pick(pauseReasons), ...at(sight, chance) }),
  'resume-dose': (sight, chance) => ({ ...at(sight, chance) }),
  'give-bolus': (sight, chance) => ({ mg: chance.between(1, 100) / 10, ...at(sight, chance) }),
  'change-bag': (sight, chance) => ({ mg: 40, ml: 40, rateMlPerHour: chance.between(10, 90), ...at(sight, chance) }),
  'complete-dose': (sight, chance) => ({ ...at(sight, chance) }),
  'stop-dose-early': (sight, chance) => ({ reason: chance.pick(stopReasons), volumeLeftMl: chance.between(0, 40), ...at(sight, chance) }),
  'give-injection': (sight, chance) => ({
    site: 'deltoid',
    side: chance.pick(['left', 'right']),
    lot: 'K-114',

    ...at(sight, chance),
  }),
  'give-device': (sight, chance) => ({ lot: 'S-9', ...at(sight, chance) }),
  'place-lozenge': (sight, chance) => ({ ...at(sight, chance) }),
  'expel-lozenge': (sight, chance) => ({ ...at(sight, chance) }),
  'change-surroundings': (_, chance) => ({ what: chance.pick(['music', 'lights']) }),
  'request-stop': () => ({}),
  'confirm-pump': (_, chance) => ({ running: chance.in100(80) }),
  'open-rating': (sight, chance) => ({ instrument: chance.pick(instrumentIds), ...at(sight, chance) }),
  'answer-item': (sight, chance) => ({
    ratingId: ratingOf(sight, chance),
    item: chance.between(1, 24),
    value: chance.in100(5) ? null : chance.between(-1, 5),
  }),
  'finish-rating': (sight, chance) => ({ ratingId: ratingOf(sight, chance) }),
  'mark-not-assessable': (sight, chance) => ({
    instrument: chance.pick(instrumentIds),
    reason: chance.pick(notAssessableReasons),
    ...at(sight, chance),
  }),
  'record-observation': ({ nowMs }, chance) => ({
    text: chance.in100(80) ? `quiet, breathing slowly ${chance.between(1, 99)}` : '',
    chips: chance.in100(40) ? [{ group: 'affect', chip: chance.pick(observationChips.affect) }] : [],
    begunAt: nowMs - chance.between(0, 120_000),
    ...(chance.in100(20) ? { details: { openness: chance.between(0, 10), tears: chance.in100(50) } } : {}),
  }),
  'amend-observation': ({ state }, chance) => ({
    eventId: idOf(
      chance,
      state.observations.map(({ eventId }) => eventId),
    ),
    text: 'calmer than that',
    chips: [],
    reason: 'more exact',
  }),
  'record-adverse-event': (sight, chance) => ({
    category: chance.pick(adverseEventCategoryKeys),
    severity: chance.pick(adverseEventSeverities),
    ...at(sight, chance),
  }),
  'update-adverse-event': (sight, chance) => ({
    adverseEventId: adverseEventOf(sight, chance),
    changes: chance.pick<object>([
      { severity: 'severe' },
      { outcome: 'recovered', endedMs: sight.nowMs - chance.between(0, 600_000) },
      { actions: ['reassured'], relatedness: null },
      { endedMs: null },
    ]),
  }),
  'give-drug': (sight, chance) => ({
    drug: chance.pick(['ondansetron', 'labetalol']),
    dose: '4 mg',
    route: 'iv',
    ...(chance.in100(40) ? { adverseEventId: adverseEventOf(sight, chance) } : {}),
    ...at(sight, chance),
  }),
  'draw-controlled-drug': (sight, chance) => ({
    stock: chance.in100(80) ? vial : otherVial,
    mg: chance.pick([5, 500, 1000]),
    ...at(sight, chance),
  }),
  'waste-controlled-drug': (sight, chance) => ({
    stock: chance.in100(80) ? vial : otherVial,
    parts: [{ from: chance.pick(['vial', 'bag', 'syringe']), mg: chance.between(1, 500) }],
    ...(chance.in100(50) ? { differenceReason: 'spilled' } : {}),
    ...at(sight, chance),
  }),
  'enter-vitals': (sight, chance) => ({
    values: chance.in100(50)
      ? { 'nibp-sys': chance.between(90, 320), 'nibp-dia': chance.between(50, 110) }
      : { spo2: chance.between(80, 103) },
    ...at(sight, chance),
  }),
  'mark-slot-missed': (_, chance) => ({ slotKeys: [`nibp-during:${chance.between(0, 9)}`], reason: 'asked for quiet' }),
  undo: (sight, chance) => ({ eventId: eventOf(sight, chance), reason: 'a slip' }),
  'correct-time': (sight, chance) => ({
    eventId: eventOf(sight, chance),
    utcMs: sight.nowMs - chance.between(-5000, 1_800_000),
    reason: 'read off the wall clock',
  }),
  'correct-administration': (sight, chance) => ({
    eventId: chance.in100(10)
      ? eventOf(sight, chance)
      : idOf(
          chance,
          sight.state.dose.administrations.map(({ eventId }) => eventId),
        ),
    ...(chance.in100(60) ? { mg: chance.between(1, 120) } : { lot: 'K-9' }),
    ...(chance.in100(20) ? { side: 'left' } : {}),
    reason: 'read off the syringe',
  }),
  'mark-artefact': (sight, chance) => ({
    metric: chance.pick(['nibp', 'spo2', 'pulse-rate']),
    fromMs: sight.nowMs - chance.between(30_000, 500_000),
    toMs: sight.nowMs - chance.between(0, 30_000),
    ...(chance.in100(50) ? { reason: 'the arm was moved' } : {}),
  }),
  'correct-vitals': (sight, chance) => ({
    eventId: idOf(
      chance,
      sight.state.vitals.map(({ eventId }) => eventId),
    ),
    values: { 'pulse-rate': chance.between(40, 120) },
    reason: 'typed beside the key',
  }),
  'correct-volume-left': (sight, chance) => ({
    eventId: chance.in100(20) ? eventOf(sight, chance) : bagEndOf(sight, chance),
    volumeLeftMl: chance.pick([0, 0.4, 5, 30, 45]),
    reason: 'read off the pump afterwards',
  }),
  'end-session': (_, chance) => (chance.in100(50) ? { reason: 'the patient wanted to leave' } : {}),
  'confirm-criterion': (sight, chance) => ({ criterion: criterionOf(sight, chance), met: chance.in100(80), ...at(sight, chance) }),
  'record-escort': (sight, chance) => ({
    name: 'Alex',
    phone: chance.pick(['555 0142', 'none yet']),
    present: chance.in100(70),
    ...at(sight, chance),
  }),
  'override-criterion': (sight, chance) => ({ criterion: criterionOf(sight, chance), reason: 'seen and accepted' }),
  'assess-discharge': () => ({}),
  'leave-against-advice': (_, chance) => ({
    prescriber: chance.in100(50) ? { told: 'Dr Demo' } : { notReached: 'called twice' },
    risksExplained: chance.in100(50),
    escort: null,
    condition: 'awake and steady',
  }),
  'answer-rems': (_, chance) => ({ field: chance.pick(['benzodiazepines', 'range-end']), answer: chance.pick(['yes', 'no']) }),
  'record-sex': (_, chance) => ({ sex: chance.pick(['female', 'male', 'unspecified']) }),
  'hand-over': (_, chance) => (chance.in100(50) ? { note: 'sleeps' } : {}),
  'close-item': ({ protocol }, chance) => ({ keys: [`milestone:${chance.pick(protocol.milestones).milestone}`], reason: 'fire drill' }),
  'sign-session': (sight, chance) => ({ recordHash: hashOf(sight, chance) }),
  'cosign-session': (sight, chance) => ({
    meaning: chance.pick(['reviewed', 'witnessed', 'approved']),
    recordHash: sight.state.signing.versions.at(-1)?.recordHash ?? hashOf(sight, chance),
  }),
  'begin-amendment': () => ({ reason: 'a time was wrong' }),
  'close-amendment': () => ({ reason: 'nothing to change' }),
};

/** What ends a dose or a session, and what binds it, is done seldom without need, or nothing else would happen. */
const seldom: readonly SessionCommandType[] = [
  'complete-dose',
  'stop-dose-early',
  'end-session',
  'expel-lozenge',
  'sign-session',
  'leave-against-advice',
];
const types = Object.keys(make) as SessionCommandType[];

export function commandOf(type: SessionCommandType, sight: Sight, chance: Chance): SessionCommandInput {
  return { type, ...make[type](sight, chance) } as SessionCommandInput;
}

export function anyCommand(sight: Sight, chance: Chance): SessionCommandInput {
  const type = chance.pick(types);
  return seldom.includes(type) && chance.in100(80) ? anyCommand(sight, chance) : commandOf(type, sight, chance);
}
