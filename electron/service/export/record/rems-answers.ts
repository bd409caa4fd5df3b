import { adverseEventCategories } from '../../../../shared/clinical/adverse-event.ts';
import {
  isEntered,
  remsFieldKeys,
  remsFields,
  type RemsAnswer,
  type RemsEvidence,
  type RemsFieldKey,
  type RemsForm,
} from '../../../../shared/clinical/rems-form.ts';
import {
  monitoredMsMin,
  pressureAtForty,
  pressureBefore,
  pressureBeforeRelease,
  wholeMinutes,
} from '../../../../shared/clinical/rems-steps.ts';
import type { CuffReading } from '../../../../shared/clinical/measured-vitals.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { fromThousandths } from '../../../../shared/values/quantity.ts';
import { againstAdviceWords } from '../../session/events/discharge.ts';
import { cuffReadings, typedValues } from '../../session/questions/recorded-vitals.ts';
import { departureOf, monitoringEndMs } from '../../session/state/rems-state.ts';
import { sexesForClinicalUse } from '../../../../shared/clinical/sex.ts';
import type { RecordWords } from './record-words.ts';
import type { SessionSource } from './session-source.ts';

const dayMs = 86_400_000;
const formDays = 7;

/** What the record says for each field of the monitoring form; null for a session by another route. */
export function remsForm(source: SessionSource, words: RecordWords): RemsForm | null {
  if (source.protocol.route !== 'intranasal') return null;
  const answers: Record<RemsFieldKey, RemsAnswer> = {
    ...personAnswers(source, words),
    ...sessionAnswers(source, words),
    ...vitalsAnswers(source, words),
    ...eventAnswers(source, words),
  };
  return {
    fields: remsFieldKeys.map((key) => {
      const { block, label, required } = remsFields[key];
      return {
        key,
        block,
        label,
        required,
        answer: answers[key].value === null ? entered(key, answers[key], source, words) : answers[key],
      };
    }),
    dueBy: words.iso((source.state.dose.startedMs ?? source.state.openedMs) + formDays * dayMs).slice(0, 10),
  };
}

type Departure = SessionSource['state']['milestones'][number];

/** Less than the two hours, and whose answer let it pass. */
function shortWords(
  monitoredMs: number,
  { answered }: Departure,
  { discharge }: SessionSource['state'],
  clock: (atMs: UtcMs) => string,
): string {
  if (monitoredMs >= monitoredMsMin) return '';
  const left = discharge.leftAgainstAdvice;
  if (left !== null) return ` (less than ${monitoredMsMin / 60_000}; left against advice: ${againstAdviceWords(left, clock)})`;
  const passed = [...discharge.overrides].flatMap(([criterion, { reason, prescriber }]) =>
    criterion === 'minimum-time' ? [`passed over by ${prescriber.name}: ${reason}`] : [],
  );
  const asked = (answered ?? []).flatMap(({ key, reason, by }) =>
    key === 'criterion-open:minimum-time' ? [`${by === undefined ? '' : `${by.name}: `}${reason}`] : [],
  );
  return [` (less than ${monitoredMsMin / 60_000}`, ...passed, ...asked].join('; ') + ')';
}

/** What a person answered where nothing else in the record does; otherwise why there is no answer. */
function entered(key: RemsFieldKey, none: RemsAnswer, { state }: SessionSource, { iso, by }: RecordWords): RemsAnswer {
  const said = isEntered(key) ? state.remsAnswers.get(key) : undefined;
  if (said === undefined) return none;
  // What was looked for until the patient left is no answer where it was said before.
  const endMs = monitoringEndMs(state);
  const isOfTheEnd = said.answer === 'absent' || key === 'range-end';
  if (isOfTheEnd && (endMs === null || said.enteredMs < endMs)) return absent(`said before the monitoring ended, ${iso(said.enteredMs)}`);
  const rated = said.answer === 'absent' ? ratingsFor(key, state) : [];
  const parts = [said.answer, ...(said.detail === undefined ? [] : [said.detail]), ...(rated.length === 0 ? [] : [ratedWords(rated)])];
  return {
    value: parts.join('; '),
    entered: true,
    evidence: [said, ...rated].map(({ eventId, atMs, actor }) => ({ eventId, at: iso(atMs), by: by(actor) })),
  };
}

const absent = (why: string): RemsAnswer => ({ value: null, absent: why });
const notHeld = absent('not held by this record: from the clinic’s own files');
const answer = (value: string, ...evidence: RemsEvidence[]): RemsAnswer => ({ value, evidence });

type Part<K extends RemsFieldKey> = Record<K, RemsAnswer>;

function personAnswers(
  { state }: SessionSource,
  { iso, by }: RecordWords,
): Part<
  | 'patient-name'
  | 'patient-birth-date'
  | 'patient-sex'
  | 'first-treatment'
  | 'benzodiazepines'
  | 'sedatives'
  | 'psychostimulants'
  | 'maois'
  | 'provider-name'
  | 'provider-contact'
  | 'setting-address'
  | 'attestation'
> {
  const opened = state.log[0];
  const opening: RemsEvidence = {
    eventId: opened?.eventId ?? null,
    at: iso(state.openedMs),
    by: opened === undefined ? null : by(opened.actor),
  };
  const reviewed = state.milestones.find(({ milestone }) => milestone === 'med_review');
  const medication: RemsAnswer =
    reviewed === undefined
      ? absent('medications were not recorded as reviewed')
      : absent(
          `medications reviewed ${iso(reviewed.atMs)}${reviewed.detail === undefined ? '' : ` (${reviewed.detail})`}; not asked one by one`,
        );
  const signed = state.signing.versions.at(-1)?.signatures[0];
  const { patientName, birthDate, course } = state.opened;
  return {
    'patient-name': answer(patientName, opening),
    'patient-birth-date': answer(birthDate, opening),
    'patient-sex':
      state.sex === null
        ? notHeld
        : {
            value: sexesForClinicalUse[state.sex.sex],
            entered: true,
            evidence: [{ eventId: state.sex.eventId, at: iso(state.sex.atMs), by: by(state.sex.actor) }],
          },
    'first-treatment':
      course === null ? absent('the session is not part of a course') : answer(course.number === 1 ? 'yes' : 'no', opening),
    benzodiazepines: medication,
    sedatives: medication,
    psychostimulants: medication,
    maois: medication,
    'provider-name':
      signed === undefined
        ? absent('the record is not signed')
        : answer(signed.name, { eventId: signed.eventId, at: iso(signed.atMs), by: signed.name }),
    'provider-contact': notHeld,
    'setting-address': notHeld,
    attestation: absent('given on the form itself'),
  };
}

function sessionAnswers(
  { state }: SessionSource,
  { iso, by, time }: RecordWords,
): Part<'session-date' | 'dose' | 'lots' | 'monitored-minutes' | 'ready-minute'> {
  const devices = state.history.flatMap(({ event, atMs }) => (event.kind === 'device-given' ? [{ event, atMs }] : []));
  const evidence = devices.map(({ event, atMs }): RemsEvidence => ({ eventId: event.eventId, at: iso(atMs), by: by(event.actor) }));
  const [first] = devices;
  if (first === undefined) {
    const none = absent('no device was recorded');
    return { 'session-date': none, dose: none, lots: none, 'monitored-minutes': none, 'ready-minute': none };
  }
  const ug = devices.reduce((sum, { event }) => sum + event.body.ug, 0);
  const left = departureOf(state);
  const ready = state.milestones.findLast(({ milestone }) => milestone === 'criteria_met');
  const minutes = (atMs: UtcMs): number => wholeMinutes(first.atMs, atMs);
  return {
    'session-date': answer(time(first.atMs).iso.slice(0, 10), ...evidence.slice(0, 1)),
    dose: answer(`${fromThousandths(ug)} mg in ${devices.length} ${devices.length === 1 ? 'device' : 'devices'}`, ...evidence),
    lots: answer(devices.map(({ event }) => event.body.lot).join(', '), ...evidence),
    'monitored-minutes':
      left === undefined
        ? absent('monitoring has not ended')
        : answer(`${minutes(left.atMs)}${shortWords(left.atMs - first.atMs, left, state, iso)}`, {
            eventId: left.eventId,
            at: iso(left.atMs),
            by: by(left.actor),
          }),
    'ready-minute':
      ready === undefined
        ? absent('discharge criteria were not recorded as met')
        : answer(String(minutes(ready.atMs)), { eventId: ready.eventId, at: iso(ready.atMs), by: by(ready.actor) }),
  };
}

function vitalsAnswers(
  { state, vitals, protocol }: SessionSource,
  { iso, by }: RecordWords,
): Part<'bp-before' | 'bp-40-first' | 'bp-40-last' | 'bp-end' | 'range-before' | 'range-end' | 'oximetry'> {
  const cuffs = cuffReadings(state, vitals.cuffs).filter(({ artefact }) => artefact !== true);
  const administrations = state.dose.administrations;
  const [firstMs, lastMs] = [state.dose.startedMs, administrations.at(-1)?.atMs ?? state.dose.startedMs];
  const pressure = (cuff: CuffReading | undefined, why: string): RemsAnswer =>
    cuff === undefined
      ? absent(why)
      : answer(`${cuff.sys}/${cuff.dia} mmHg`, { eventId: null, at: iso(cuff.atMs), by: cuff.byHand ? handOf(cuff) : 'monitor' });
  const handOf = (cuff: CuffReading): string | null => {
    const entry = state.vitals.find(({ atMs }) => atMs === cuff.atMs);
    return entry === undefined ? null : by(entry.actor);
  };
  const near = (fromMs: UtcMs | null): CuffReading | undefined => (fromMs === null ? undefined : pressureAtForty(cuffs, fromMs));
  const leftMs = monitoringEndMs(state);
  const spo2 = vitals.trend.columns.spo2.filter((value) => value !== null);
  const typed = typedValues(state).filter((entry) => entry.metric === 'spo2');
  return {
    'bp-before': pressure(
      firstMs === null ? undefined : pressureBefore(cuffs, firstMs),
      'no cuff reading in the 15 min before the first device',
    ),
    'bp-40-first': pressure(near(firstMs), 'no cuff reading within 5 min of 40 min after the first device'),
    'bp-40-last': pressure(near(lastMs), 'no cuff reading within 5 min of 40 min after the last device'),
    'bp-end': pressure(
      lastMs === null || leftMs === null ? undefined : pressureBeforeRelease(cuffs, lastMs, leftMs),
      leftMs === null ? 'monitoring has not ended' : 'no cuff reading in the 15 min before the end of monitoring',
    ),
    'range-before': absent(`judged by the provider; limits of ${protocol.shortName} are printed with the record`),
    'range-end': absent(`judged by the provider; limits of ${protocol.shortName} are printed with the record`),
    oximetry:
      spo2.length + typed.length === 0
        ? absent('no SpO2 reading')
        : answer(`${spo2.length} readings by monitor, ${typed.length} by hand`, { eventId: null, at: iso(vitals.trend.fromMs), by: null }),
  };
}

type Ratings = SessionSource['state']['ratings'];

const ratedBy: Readonly<Partial<Record<RemsFieldKey, string>>> = { sedation: 'moaa-s', dissociation: 'cadss' };

/** Complete ones since the first device, of the instrument that rates this. */
function ratingsFor(key: RemsFieldKey, { ratings, dose }: SessionSource['state']): Ratings {
  const instrument = ratedBy[key];
  return ratings.filter(
    ({ instrument: id, state, atMs, score }) =>
      instrument !== undefined &&
      id.startsWith(instrument) &&
      state === 'finished' &&
      score.total !== null &&
      atMs >= (dose.startedMs ?? Infinity),
  );
}

function ratedWords(ratings: Ratings): string {
  return `rated ${ratings.map(({ instrument, score }) => `${instrument} ${score.total}`).join(', ')}`;
}

function eventAnswers(
  { state }: SessionSource,
  { iso, by }: RecordWords,
): Part<'sedation' | 'dissociation' | 'respiratory-depression' | 'serious-event'> {
  const of = (key: 'sedation' | 'dissociation' | 'respiratory-depression'): RemsAnswer => {
    const against: readonly string[] = remsFields[key].against;
    const found = state.adverseEvents.filter(({ category }) => against.includes(category));
    if (found.length === 0) {
      // The rating is shown as it was taken. Whether it counts as a yes is for the provider to say; Vigil applies no cut-off.
      const rated = ratingsFor(key, state);
      const taken = rated.length === 0 ? '' : `; ${ratedWords(rated)}`;
      return absent(`no such adverse event was recorded${taken}; whether it was absent is the provider’s to say`);
    }
    const said = found.map(
      ({ category, severity, atMs, endedMs, outcome }) =>
        `${adverseEventCategories[category]}, ${severity}, from ${iso(atMs)}${endedMs === null ? '' : ` to ${iso(endedMs)}`}${outcome === null ? '' : `, ${outcome}`}`,
    );
    return answer(said.join('; '), ...found.map((event) => ({ eventId: event.eventId, at: iso(event.atMs), by: by(event.actor) })));
  };
  const serious = state.adverseEvents.filter((event) => (event.serious ?? []).length > 0);
  return {
    sedation: of('sedation'),
    dissociation: of('dissociation'),
    'respiratory-depression': of('respiratory-depression'),
    'serious-event':
      serious.length === 0
        ? absent('none was judged serious in the record')
        : answer(
            serious
              .map(({ category, detail }) => [adverseEventCategories[category], ...(detail === null ? [] : [detail])].join(': '))
              .join('; '),
            ...serious.map((event) => ({ eventId: event.eventId, at: iso(event.atMs), by: by(event.actor) })),
          ),
  };
}
