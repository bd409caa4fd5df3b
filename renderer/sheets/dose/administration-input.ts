import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import type { BodySide, InjectionSite } from '../../../shared/clinical/route-dose.ts';
import { perKilogram } from '../../../shared/clinical/dose-order.ts';
import { volumeOf } from '../../../shared/clinical/route-order.ts';
import type { RoomAction } from '../../../shared/contract/session-view/actions.ts';
import type { DoseView } from '../../../shared/contract/session-view/dose.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import type { RoomInstant } from '../../format/time-of-day.ts';
import { showMilli, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { clinicalTimeOf, nowDraft, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { administrationText } from '../../text/administration.ts';

/** What goes in whole, or comes out again: an injection, a device, a lozenge. */
const administrationActions = ['give-injection', 'give-device', 'place-lozenge', 'expel-lozenge'] as const;
export type AdministrationAction = (typeof administrationActions)[number];

export function isAdministrationAction(type: RoomAction['action']['type']): type is AdministrationAction {
  return (administrationActions as readonly string[]).includes(type);
}

/** What starts the dose of this session; null where an infusion does. */
export function administrationOf(session: SessionView | null): AdministrationAction | null {
  switch (session?.dosing.protocol.route) {
    case 'im':
      return 'give-injection';
    case 'intranasal':
      return 'give-device';
    case 'sublingual':
      return 'place-lozenge';
    default:
      return null;
  }
}

export interface AdministrationInput {
  readonly site: InjectionSite | null;
  readonly side: BodySide | null;
  readonly lot: string;
  /** mg; empty is as ordered. */
  readonly amount: string;
  readonly time: ClinicalTimeDraft;
}
export const emptyAdministration: AdministrationInput = { site: null, side: null, lot: '', amount: '', time: nowDraft };

/** Ready to be sent, or what it still waits for. */
type AdministrationRequest =
  { readonly ready: true; readonly command: SessionCommandInput } | { readonly ready: false; readonly waitsFor: string };

export function administrationRequest(action: AdministrationAction, input: AdministrationInput, now: RoomInstant): AdministrationRequest {
  const wait = (waitsFor: string): AdministrationRequest => ({ ready: false, waitsFor });
  const time = clinicalTimeOf(input.time, now);
  const lot = input.lot.trim();
  const amount = numberTyped(input.amount);
  if (action === 'give-injection' && input.site === null) return wait(administrationText.waitsSite);
  if (action === 'give-injection' && input.side === null) return wait(administrationText.waitsSide);
  if ((action === 'give-injection' || action === 'give-device') && lot === '') return wait(administrationText.waitsLot);
  if (input.amount.trim() !== '' && (amount === null || amount <= 0)) return wait(administrationText.waitsAmount);
  if (!time.ok) return wait(administrationText.waitsTime);
  const at = time.at === undefined ? {} : { at: time.at };
  switch (action) {
    case 'give-injection': {
      const { site, side } = input;
      if (site === null || side === null) return wait(administrationText.waitsSite);
      return { ready: true, command: { type: action, site, side, lot, ...(amount === null ? {} : { mg: amount }), ...at } };
    }
    case 'give-device':
      return { ready: true, command: { type: action, lot, ...at } };
    case 'place-lozenge':
      return { ready: true, command: { type: action, ...(lot === '' ? {} : { lot }), ...at } };
    case 'expel-lozenge':
      return { ready: true, command: { type: action, ...at } };
  }
}

/** µg of the one that would be given next; null where none is ordered and none was typed. */
export function nextUg(dose: DoseView, amount: string): number | null {
  const typed = numberTyped(amount);
  if (typed !== null && typed > 0) return thousandths(typed);
  const { routeOrder: order, administrations } = dose;
  switch (order?.route) {
    case 'im':
      return administrations.length === 0 ? order.doseUg : (order.second?.doseUg ?? null);
    case 'intranasal':
      return order.deviceUg;
    case 'sublingual':
      return order.doseUg;
    default:
      return null;
  }
}

/** What recording it does, in sentences, before it is confirmed. */
export function administrationEffect(
  action: AdministrationAction,
  input: AdministrationInput,
  { dose, dosing, weight }: SessionView,
  nowMs: number,
): readonly string[] {
  const words = administrationText.effect;
  const { routeOrder: order, administrations } = dose;
  if (action === 'expel-lozenge') return [words.expelled];
  const ug = nextUg(dose, input.amount);
  if (order === null || ug === null) return [words.enter];
  const totalUg = deliveredUg(dose, nowMs) + ug;
  const start = administrations.length === 0 ? [words.start] : [];
  switch (order.route) {
    case 'im': {
      const strength = showShort(order.vial.ug / order.vial.ul, 3);
      const perKg = showMilli(perKilogram(totalUg, order.weightGrams));
      return [
        words.injection(showMilli(ug), showMilli(volumeOf(ug, order.vial)), strength),
        words.total(showMilli(totalUg), perKg),
        ...(administrations.length === 0 ? start : [words.peak]),
        words.noReturn,
      ];
    }
    case 'intranasal': {
      const left = order.devices - administrations.length - 1;
      const minutes = dosing.protocol.route === 'intranasal' ? dosing.protocol.dose.minutesBetweenDevices : 0;
      const further = left < 0 ? words.beyond(order.devices) : left === 0 ? words.last : words.more(left, minutes);
      return [words.device(showMilli(ug), showMilli(totalUg)), ...start, further];
    }
    case 'sublingual': {
      const hold = dosing.protocol.route === 'sublingual' ? [words.hold(dosing.protocol.dose.holdMinutes)] : [];
      return [
        words.lozenge(showMilli(ug)),
        ...(weight === null ? [] : [words.total(showMilli(totalUg), showMilli(perKilogram(totalUg, weight.grams)))]),
        ...start,
        ...hold,
      ];
    }
  }
}
