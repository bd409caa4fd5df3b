import { showMilli, showTemperature } from '../../../../shared/values/quantity.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import { givenRoutes } from '../../../../shared/clinical/adverse-event.ts';
import { sexesForClinicalUse } from '../../../../shared/clinical/sex.ts';
import { stockLabel } from '../../../../shared/clinical/controlled-drug.ts';
import { agreedDetails, detailLines } from '../../../../shared/clinical/observation-words.ts';
import { updateWords } from './adverse-event-words.ts';
import { ordererWords } from './ordered-by.ts';
import { dischargeDetails } from './discharge-detail.ts';
import { clockText } from './event-label.ts';
import { joined, orderedByWeight, readAtPump, spoken, type ClockWords, type Details } from './entry-words.ts';
import type { WordCorrection } from './word-correction.ts';
import { lozengeCount, routeDetails, siteNames } from './route-detail.ts';
import type { EventBody, SessionEvent, SessionEventKind } from './session-event.ts';

/** Nothing beyond the label. */
const none = (): null => null;

/** What was said with a milestone, without the figures that were in front of whoever answered. */
export function milestoneWords({ told, go, detail }: EventBody<'milestone-reached'>): string | null {
  return joined(go === undefined ? null : go ? 'go' : 'no-go', told === undefined ? null : `told ${told}`, detail);
}

/**
 * What an event said beyond its label. Every kind is named here: what a person typed or decided is in these words or in
 * the label, because the record, the print and the exports have no others.
 */
const details: Details<SessionEventKind> = {
  ...routeDetails,
  ...dischargeDetails,
  'session-opened': ({ patientName, birthDate, recordNumber, protocolId, protocolVersion, course, sex }) =>
    joined(
      `${patientName}, born ${birthDate}, ${recordNumber}`,
      `protocol ${protocolId}, version ${protocolVersion}`,
      course === null ? null : `session ${course.number} of ${course.of}`,
      sex === undefined ? null : `sex for clinical use: ${sexesForClinicalUse[sex]}`,
    ),
  'weight-recorded': ({ grams, again, heightCm }) =>
    joined(
      `${showMilli(grams)} kg`,
      again === undefined ? null : `read a second time: ${again.value} ${again.unit}`,
      heightCm === undefined ? null : `height ${heightCm} cm`,
    ),
  'dose-ordered': (body) =>
    joined(
      orderedByWeight(body),
      `${showMilli(body.bag.ug)} mg in ${showMilli(body.bag.ul)} mL over ${body.minutes} min, ${showMilli(body.rateUlPerHour)} mL/h`,
      ordererWords(body.orderedBy),
    ),
  // Of a review, who was told stands before what was done.
  'milestone-reached': (body) => joined(milestoneWords(body), body.figures),
  'dose-started': ({ rateUlPerHour, bag }) => `${showMilli(rateUlPerHour)} mL/h of ${showMilli(bag.ug)} mg in ${showMilli(bag.ul)} mL`,
  'rate-changed': none,
  'dose-paused': ({ reason, detail }) => joined(spoken(reason), detail),
  'dose-resumed': ({ rateUlPerHour }) => `${showMilli(rateUlPerHour)} mL/h`,
  'bolus-given': none,
  'dose-completed': ({ deliveredUg, volumeLeftUl }) => joined(`${showMilli(Math.round(deliveredUg))} mg given`, readAtPump(volumeLeftUl)),
  'dose-stopped-early': ({ reason, detail, deliveredUg, wasteUg, wasteUl, volumeLeftUl }) =>
    joined(
      spoken(reason),
      detail,
      `${showMilli(Math.round(deliveredUg))} mg given`,
      `${showMilli(Math.round(wasteUl))} mL, ${showMilli(Math.round(wasteUg))} mg left by the clock`,
      readAtPump(volumeLeftUl),
    ),
  'rating-opened': ({ mode }) => spoken(mode),
  'item-answered': ({ value }) => (value === null ? 'answer taken back' : String(value)),
  'rating-finished': none,
  'rating-not-assessable': ({ reason, detail }) => joined(`not assessable: ${spoken(reason)}`, detail),
  'observation-recorded': observation,
  'observation-amended': observation,
  'private-note-marked': none,
  'text-moved-across': none,
  'adverse-event-recorded': ({ severity, detail }) => joined(severity, detail),
  'adverse-event-updated': ({ changes }, clock) => joined(...updateWords(changes, (endedMs) => `ended ${clock(endedMs)}`)),
  'drug-given': ({ route, reason }) => joined(givenRoutes[route], reason),
  'controlled-drug-drawn': ({ stock, forDose, lot, witness }) =>
    joined(
      stockLabel(stock),
      forDose ? 'for the dose' : 'as a rescue drug',
      lot === undefined ? null : `lot ${lot}`,
      `witnessed by ${witness.name}`,
    ),
  'controlled-drug-wasted': wasted,
  'vitals-entered': ({ values }) => vitals(values),
  'slot-missed': ({ reason }) => reason,
  'stop-requested': none,
  'pump-confirmed': none,
  'event-undone': ({ reason }) => reason ?? null,
  'time-corrected': ({ to, reason }) => joined(`to ${clockText(to)}`, reason),
  'artefact-marked': ({ fromMs, toMs, reason }, clock) =>
    joined('said by the monitor, no value of the patient', toMs === fromMs ? null : `${clock(fromMs)} to ${clock(toMs)}`, reason),
  'gift-corrected': (body) => joined(giftFigures(body), body.reason),
  'vitals-corrected': ({ values, reason }) => joined(vitals(values), reason),
  'volume-left-corrected': ({ volumeLeftUl, reason }) => joined(readAtPump(volumeLeftUl), reason),
  'monitor-lost': ({ sinceMs, cause }, clock) => joined(spoken(cause), `no values since ${clock(sinceMs)}`),
  'monitor-live': ({ afterMs }) => (afterMs === null ? null : `after ${seconds(afterMs)}`),
  'device-clock-noted': ({ offsetMs, jumpMs }) =>
    joined(`${seconds(offsetMs)} beside the room's clock`, jumpMs === null ? null : `jumped by ${seconds(jumpMs)}`),
  'recording-gap': ({ fromMs, toMs, cause }, clock) => `${clock(fromMs)} to ${clock(toMs)}: ${spoken(cause)}`,
  // Both times, as they were at that moment.
  'clock-stepped': ({ aheadMs = 0 }, clock, occurredMs) =>
    `it was ${clock(occurredMs)} and the computer said ${clock(occurredMs + aheadMs)}; this session went on by its own time`,
  'rems-answered': ({ answer, detail }) => joined(answer, detail),
  'sex-recorded': none,
  'session-ended': ({ reason }) => reason ?? null,
};

/** What an entry said beyond its label, in words; null where the label says it all. Reasons are beside it, not in it. */
export function entryContent(event: SessionEvent): string | null {
  // Kind and body of an event belong together.
  const detail = (details as Readonly<Record<SessionEventKind, (body: unknown, clock: ClockWords, occurredMs: number) => string | null>>)[
    event.kind
  ];
  return detail(event.body, (utcMs) => clockText({ utcMs, offsetMin: event.recorded.offsetMin }), event.occurred.utcMs);
}

/** What an entry is to say in place of what it said, without the reason. */
export function correctedFigures(event: WordCorrection): string | null {
  switch (event.kind) {
    case 'gift-corrected':
      return giftFigures(event.body);
    case 'vitals-corrected':
      return vitals(event.body.values);
    case 'volume-left-corrected':
      return readAtPump(event.body.volumeLeftUl);
    default:
      return assertNever(event);
  }
}

function giftFigures({ ug, ul, halves, site, side, lot }: EventBody<'gift-corrected'>): string | null {
  return joined(
    halves === undefined ? null : lozengeCount(halves),
    ug === undefined ? null : `${showMilli(ug)} mg`,
    ul === undefined ? null : `${showMilli(ul)} mL`,
    side === undefined ? null : side,
    site === undefined ? null : siteNames[site],
    lot === undefined ? null : `lot ${lot}`,
  );
}

/** Without words that the patient did not agree to have kept. */
function observation({
  text,
  chips,
  details: more = {},
}: Pick<EventBody<'observation-recorded'>, 'text' | 'chips' | 'details'>): string | null {
  return joined(text, chips.map(({ chip }) => chip).join(', '), ...detailLines(agreedDetails(more)));
}

function wasted({ stock, forDose, parts, openUg, givenUg, difference, witness }: EventBody<'controlled-drug-wasted'>): string | null {
  return joined(
    stockLabel(stock),
    forDose ? null : 'a rescue drug',
    parts.map(({ from, ug }) => `${showMilli(ug)} mg from the ${from}`).join(', '),
    `${showMilli(openUg)} mg open before`,
    givenUg === undefined ? null : `${showMilli(givenUg)} mg given`,
    difference === undefined ? null : `difference ${showMilli(difference.ug)} mg: ${difference.reason}`,
    `witnessed by ${witness.name}`,
  );
}

const otherVitals = [
  ['pulse-rate', 'pulse', '/min'],
  ['spo2', 'SpO₂', ' %'],
  ['resp-rate', 'resp', '/min'],
] as const;

function vitals(values: EventBody<'vitals-entered'>['values']): string | null {
  const [sys, dia] = [values['nibp-sys'], values['nibp-dia']];
  const pressure = sys === undefined && dia === undefined ? null : `blood pressure ${sys ?? '–'}/${dia ?? '–'} mmHg`;
  const others = otherVitals.map(([metric, name, unit]) => {
    const value = values[metric];
    return value === undefined ? null : `${name} ${value}${unit}`;
  });
  // In both units: the sentence is the record's, whichever the clinic reads.
  const temperature =
    values.temp === undefined ? null : `temperature ${showTemperature(values.temp, 'Cel')} (${showTemperature(values.temp, '[degF]')})`;
  return joined(pressure, ...others, temperature);
}

function seconds(ms: number): string {
  return `${String(Math.round(ms / 1000)).replace('-', '−')} s`;
}
