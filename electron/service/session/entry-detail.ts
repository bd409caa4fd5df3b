import { writtenMinute } from '../../../shared/values/clock-time.ts';
import { fromThousandths, showShort } from '../../../shared/values/quantity.ts';
import { giftDetail } from './gift-detail.ts';
import type { EventBody, SessionEvent, SessionEventKind } from './session-event.ts';

type Detail<K extends SessionEventKind> = (body: EventBody<K>) => string | null;

const milli = (thousandths: number): string => showShort(fromThousandths(thousandths), 3);
const words = (...parts: readonly (string | null | undefined)[]): string | null => {
  const said = parts.filter((part) => part !== undefined && part !== null && part !== '');
  return said.length === 0 ? null : said.join(' · ');
};
const observation = ({ text, chips }: Pick<EventBody<'observation-recorded'>, 'text' | 'chips'>): string | null =>
  words(text, chips.map(({ chip }) => chip).join(', '));
const spoken = (reason: string): string => reason.replaceAll('-', ' ');

/** Those whose label alone does not say what was recorded. */
const details: { readonly [K in SessionEventKind]?: Detail<K> } = {
  'dose-ordered': ({ bag, minutes, overrideReason }) =>
    words(`${milli(bag.ug)} mg in ${milli(bag.ul)} mL over ${minutes} min`, overrideReason),
  'dose-paused': ({ reason, detail }) => words(spoken(reason), detail),
  'dose-stopped-early': ({ reason, detail }) => words(spoken(reason), detail),
  'rating-not-assessable': ({ reason, detail }) => words(`not assessable: ${spoken(reason)}`, detail),
  'observation-recorded': observation,
  'observation-amended': observation,
  'vitals-entered': ({ values }) => vitals(values),
  'adverse-event-recorded': ({ severity, detail }) => words(severity, detail),
  'drug-given': ({ route, reason }) => words(spoken(route), reason),
  'controlled-drug-drawn': ({ lot, witness }) => words(lot === undefined ? null : `lot ${lot}`, `with ${witness.name}`),
  'controlled-drug-wasted': ({ difference, witness }) => words(`with ${witness.name}`, difference?.reason),
  'slot-missed': ({ reason }) => reason,
  'criterion-confirmed': ({ criterion, detail }) => words(spoken(criterion), detail),
  'criterion-overridden': ({ criterion, reason }) => words(spoken(criterion), reason),
  'escort-recorded': ({ phone, present }) => words(phone, present ? 'is here' : 'is not here yet'),
  'discharge-assessed': ({ lines, overridden }) =>
    words(
      `${lines.filter(({ verdict }) => verdict === 'met').length} of ${lines.length} criteria met`,
      overridden.length === 0 ? null : `passed over: ${overridden.map(spoken).join(', ')}`,
    ),
  'handover-recorded': ({ from, note }) => words(`from ${from.name}`, note),
  'session-signed': ({ role, meaning }) => words(role, meaning),
  'session-cosigned': ({ name, role, meaning }) => words(name, role, meaning),
};

/** What an entry said beyond its label, in words, with what was doubtful about it; null where the label says it all. */
export function entryDetail(event: SessionEvent): string | null {
  return words(said(event), ...answeredWords(event));
}

/** Each doubt that was passed, why, and whose PIN stood for it. */
export function answeredWords({ body }: SessionEvent): readonly string[] {
  return (body.answered ?? []).map(({ words: doubt, reason, by }) => `${doubt}: ${reason}${by === undefined ? '' : ` (${by.name})`}`);
}

function said(event: SessionEvent): string | null {
  if (event.kind === 'clock-stepped') return clockStepWords(event);
  // Kind and body of an event belong together.
  const detail = (details as Readonly<Partial<Record<SessionEventKind, (body: unknown) => string | null>>>)[event.kind];
  if (detail !== undefined) return detail(event.body);
  const gift = giftDetail(event);
  if (gift !== null) return gift;
  const { body } = event;
  const word = 'detail' in body ? body.detail : 'reason' in body ? body.reason : 'overrideReason' in body ? body.overrideReason : null;
  return typeof word === 'string' && word !== '' ? word : null;
}

/** Both times, as they were at that moment. */
function clockStepWords({ occurred, body: { aheadMs = 0 } }: Extract<SessionEvent, { kind: 'clock-stepped' }>): string {
  const there = writtenMinute({ ...occurred, utcMs: occurred.utcMs + aheadMs });
  return `it was ${writtenMinute(occurred)} and the computer said ${there}; this session went on by its own time`;
}

const otherVitals = [
  ['pulse-rate', 'pulse', '/min'],
  ['spo2', 'SpO₂', ' %'],
  ['resp-rate', 'resp', '/min'],
  ['temp', 'temperature', ' °C'],
] as const;

function vitals(values: EventBody<'vitals-entered'>['values']): string | null {
  const [sys, dia] = [values['nibp-sys'], values['nibp-dia']];
  const pressure = sys === undefined || dia === undefined ? null : `blood pressure ${sys}/${dia} mmHg`;
  const others = otherVitals.map(([metric, name, unit]) => {
    const value = values[metric];
    return value === undefined ? null : `${name} ${value}${unit}`;
  });
  return words(pressure, ...others);
}
