import type { BodySide, InjectionSite } from '../../../shared/clinical/route-dose.ts';
import { showShort } from '../../../shared/values/quantity.ts';
import { ordererWords } from './events/ordered-by.ts';
import type { routeEventBodies } from './events/routes.ts';
import { joined, milli, type Details } from './entry-words.ts';

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

/** What was said of the dose by each route, of its order and of its checks, beyond the label. */
export const routeDetails: Details<keyof typeof routeEventBodies> = {
  'identity-checked': ({ identifiers: checked }) => `${checked.map((one) => identifiers[one]).join(' and ')} agree`,
  'double-check-confirmed': ({ readBack, witness }) => `read back by ${witness.name}: ${readBack}`,
  'injection-ordered': ({ ugPerKg, weightGrams, volumeUl, vial, second, orderedBy }) =>
    joined(
      `${milli(ugPerKg)} mg/kg at ${milli(weightGrams)} kg`,
      `${milli(volumeUl)} mL of ${strength(vial)}`,
      second === null ? null : `second injection ${milli(second.ugPerKg)} mg/kg, ${milli(second.doseUg)} mg, ${milli(second.volumeUl)} mL`,
      ordererWords(orderedBy),
    ),
  'devices-ordered': ({ devices, deviceUg, orderedBy }) => joined(`${devices} devices of ${milli(deviceUg)} mg`, ordererWords(orderedBy)),
  'lozenges-ordered': ({ halves, lozengeUg, weightGrams, orderedBy }) =>
    joined(`${showShort(halves / 2, 1)} lozenges of ${milli(lozengeUg)} mg at ${milli(weightGrams)} kg`, ordererWords(orderedBy)),
  'injection-given': ({ ul, vial, site, side, lot }) =>
    `${milli(ul)} mL of ${strength(vial)}, ${sides[side]} ${siteNames[site]}, lot ${lot}`,
  'device-given': ({ ug, lot }) => `${milli(ug)} mg, lot ${lot}`,
  'lozenge-placed': ({ halves, lot }) => joined(lozengeCount(halves), lot === undefined ? null : `lot ${lot}`),
  'lozenge-expelled': () => null,
  'bag-changed': ({ rateUlPerHour, oldLeftUg, oldLeftUl, volumeLeftUl }) =>
    joined(
      `${milli(rateUlPerHour)} mL/h; left in the old bag ${milli(oldLeftUl)} mL, ${milli(oldLeftUg)} mg`,
      volumeLeftUl === undefined ? null : `${milli(volumeLeftUl)} mL left as read`,
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
