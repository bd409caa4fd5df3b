import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { showMilli, showShort } from '../../../shared/values/quantity.ts';
import { startText } from '../../text/start.ts';
import { isolated, withoutIsolation } from '../../../shared/values/isolated.ts';

/** One line that the second person reads: what it is, and what it says. */
export interface ReadBackRow {
  readonly key: string;
  readonly term: string;
  readonly value: string;
}

/** What the second person reads from the label and the pump or the syringe; null while no dose is ordered. */
export function readBackList(session: SessionView, clock: ClockTime): readonly ReadBackRow[] | null {
  const given = ofOrder(session.dose);
  if (given === null) return null;
  const { rows } = startText.check;
  const { orderedBy } = session.dosing;
  const by = orderedBy === null ? [] : [{ key: 'orderedBy', term: rows.orderedBy, value: orderedBy }];
  return [
    ...given,
    ...by,
    { key: 'patient', term: rows.patient, value: `${isolated(session.patient.name)}, ${clock.date(session.patient.birthDate)}` },
  ];
}

function ofOrder({ order, routeOrder }: SessionView['dose']): ReadBackRow[] | null {
  const words = startText.check;
  const row = (key: keyof typeof words.rows, value: string): ReadBackRow => ({ key, term: words.rows[key], value });
  switch (routeOrder?.route) {
    case undefined:
      if (order === null) return null;
      return [
        row('drug', words.drug),
        row('concentration', `${showShort(order.bag.ug / order.bag.ul, 3)} mg/mL`),
        row('bag', words.inBag(showMilli(order.bag.ug), showMilli(order.bag.ul))),
        row('rate', `${showMilli(order.rateUlPerHour)} mL/h`),
      ];
    case 'im':
      return [
        row('drug', words.drug),
        row('concentration', `${showShort(routeOrder.vial.ug / routeOrder.vial.ul, 3)} mg/mL`),
        row('syringe', words.inBag(showMilli(routeOrder.doseUg), showMilli(routeOrder.volumeUl))),
        ...(routeOrder.second === null
          ? []
          : [row('second', words.inBag(showMilli(routeOrder.second.doseUg), showMilli(routeOrder.second.volumeUl)))]),
      ];
    case 'intranasal':
      return [
        row('drug', words.esketamine),
        row('devices', words.devices(routeOrder.devices, showMilli(routeOrder.deviceUg), showMilli(routeOrder.doseUg))),
      ];
    case 'sublingual':
      return [
        row('drug', words.drug),
        row('lozenges', words.lozenges(showShort(routeOrder.halves / 2, 1), showMilli(routeOrder.lozengeUg), showMilli(routeOrder.doseUg))),
      ];
  }
}

/** The list as one line for the record. */
export function readBackLine(list: readonly ReadBackRow[]): string {
  return withoutIsolation(list.map(({ value }) => value).join('; '));
}
