import type { BodySide, InjectionSite } from '../../../../shared/clinical/route-dose.ts';
import { showMilli, showShort } from '../../../../shared/values/quantity.ts';
import { ordererWords } from './ordered-by.ts';
import type { routeEventBodies } from './routes.ts';
import { drawnAs, joined, orderedByWeight, readAtPump, type Details } from './entry-words.ts';
import type { EventBody } from './session-event.ts';

/** Of the muscles, as they are said in a sentence. */
export const siteNames: Readonly<Record<InjectionSite, string>> = {
  deltoid: 'deltoid',
  'vastus-lateralis': 'vastus lateralis',
  ventrogluteal: 'ventrogluteal',
  dorsogluteal: 'dorsogluteal',
};
const sides: Readonly<Record<BodySide, string>> = { left: 'left', right: 'right' };
const identifiers = { 'birth-date': 'birth date', 'record-number': 'record number' } as const;

const strength = ({ ug, ul }: { readonly ug: number; readonly ul: number }): string => `${showShort(ug / ul, 3)} mg/mL`;

export function lozengeCount(halves: number): string {
  return `${showShort(halves / 2, 1)} ${halves === 2 ? 'lozenge' : 'lozenges'}`;
}

type SecondInjection = NonNullable<EventBody<'injection-ordered'>['second']>;

function secondWords({ ugPerKg, doseUg, volumeUl, exact }: SecondInjection, grams: number): string {
  return `second injection ${showMilli(ugPerKg)} mg/kg, ${drawnAs(exact?.doseUg, doseUg, grams)}, ${showMilli(volumeUl)} mL`;
}

/** What was said of the dose by each route, of its order and of its checks, beyond the label. */
export const routeDetails: Details<keyof typeof routeEventBodies> = {
  'identity-checked': ({ identifiers: checked }) => `${checked.map((one) => identifiers[one]).join(' and ')} agree`,
  'double-check-confirmed': ({ readBack, witness }) => `read back by ${witness.name}: ${readBack}`,
  'injection-ordered': (body) =>
    joined(
      orderedByWeight(body),
      `${showMilli(body.volumeUl)} mL of ${strength(body.vial)}`,
      body.second === null ? null : secondWords(body.second, body.weightGrams),
      ordererWords(body.orderedBy),
    ),
  'devices-ordered': ({ devices, deviceUg, orderedBy }) =>
    joined(`${devices} devices of ${showMilli(deviceUg)} mg`, ordererWords(orderedBy)),
  'lozenges-ordered': ({ halves, lozengeUg, weightGrams, orderedBy }) =>
    joined(`${showShort(halves / 2, 1)} lozenges of ${showMilli(lozengeUg)} mg at ${showMilli(weightGrams)} kg`, ordererWords(orderedBy)),
  'injection-given': ({ ul, vial, site, side, lot }) =>
    `${showMilli(ul)} mL of ${strength(vial)}, ${sides[side]} ${siteNames[site]}, lot ${lot}`,
  'device-given': ({ ug, lot }) => `${showMilli(ug)} mg, lot ${lot}`,
  'lozenge-placed': ({ halves, lot }) => joined(lozengeCount(halves), lot === undefined ? null : `lot ${lot}`),
  'lozenge-expelled': () => null,
  'bag-changed': ({ rateUlPerHour, oldLeftUg, oldLeftUl, volumeLeftUl }) =>
    joined(
      `${showMilli(rateUlPerHour)} mL/h; left in the old bag ${showMilli(oldLeftUl)} mL, ${showMilli(oldLeftUg)} mg`,
      readAtPump(volumeLeftUl),
    ),
  'remote-facts-recorded': ({ locationAddress, emergencyContact, sitterName, callBackNumber, videoOn }) =>
    joined(
      locationAddress,
      `call back ${callBackNumber}`,
      `emergency contact ${emergencyContact}`,
      `sitter ${sitterName}`,
      videoOn ? 'video on' : 'video off',
    ),
};
