import type { dischargeEventBodies } from './discharge.ts';
import type { signingEventBodies } from './signing.ts';
import type { EventBody } from './session-event.ts';
import { joined, spoken, type ClockWords, type Details } from './entry-words.ts';

/** Who was told, and how the patient left. */
export function againstAdviceWords(
  { prescriber, risksExplained, escort, condition }: Omit<EventBody<'left-against-advice'>, 'short'>,
  clock: ClockWords,
): string {
  const told =
    'notReached' in prescriber
      ? `prescriber not reached: ${prescriber.notReached}`
      : `told ${prescriber.told}${prescriber.atMs === undefined ? '' : ` at ${clock(prescriber.atMs)}`}`;
  return [told, risksExplained ? 'risks explained' : 'risks not explained', escort === null ? 'alone' : `with ${escort}`, condition].join(
    ' · ',
  );
}

/** What was said about leaving, handing over and signing, beyond the label. */
export const dischargeDetails: Details<keyof typeof dischargeEventBodies | keyof typeof signingEventBodies> = {
  'criterion-confirmed': ({ criterion, detail }) => joined(spoken(criterion), detail),
  'criterion-overridden': ({ criterion, reason }) => joined(spoken(criterion), reason),
  'escort-recorded': ({ phone, present }) => joined(phone, present ? 'is here' : 'is not here yet'),
  'discharge-assessed': ({ lines, overridden }) =>
    joined(
      `${lines.filter(({ verdict }) => verdict === 'met').length} of ${lines.length} criteria met`,
      overridden.length === 0 ? null : `overridden: ${overridden.map(spoken).join(', ')}`,
      ...lines.map(
        ({ label, verdict, evidence, by }) => `${label}: ${spoken(verdict)} (${[evidence, ...(by === null ? [] : [by])].join(', ')})`,
      ),
    ),
  'left-against-advice': (body, clock) => joined(againstAdviceWords(body, clock), ...body.short),
  'handover-recorded': ({ from, note, card }) =>
    joined(`from ${from.name}`, note, ...card.map(({ heading, lines }) => `${heading}: ${lines.join(', ')}`)),
  'item-closed': ({ keys, reason, about }) =>
    joined(reason, `about ${(about ?? keys.map((key) => spoken(key.split(':')[0] ?? key))).join('; ')}`),
  'session-signed': ({ name, role, meaning }) => joined(name, role, meaning),
  'session-cosigned': ({ name, role, meaning }) => joined(name, role, meaning),
  'amendment-begun': ({ ofVersion, reason }) => joined(reason, `of version ${ofVersion}`),
  'amendment-closed': ({ reason }) => reason,
};
