import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { showShort } from '../../../shared/values/quantity.ts';
import { writtenDate } from '../../format/clock-time.ts';
import { startText } from '../../text/start.ts';

export const readBackKeys = ['drug', 'concentration', 'bag', 'rate', 'patient'] as const;
export type ReadBackKey = (typeof readBackKeys)[number];

/** What the second person reads from the bag label and the pump; null while no dose is ordered. */
export function readBackList(session: SessionSection): Readonly<Record<ReadBackKey, string>> | null {
  const { order } = session.dose;
  if (order === null) return null;
  const show = (thousandths: number): string => showShort(thousandths / 1000, 3);
  return {
    drug: startText.check.drug,
    concentration: `${showShort(order.bag.ug / order.bag.ul, 3)} mg/mL`,
    bag: startText.check.inBag(show(order.bag.ug), show(order.bag.ul)),
    rate: `${show(order.rateUlPerHour)} mL/h`,
    patient: `${session.patient.name}, ${writtenDate(session.patient.birthDate)}`,
  };
}

/** The list as one line for the record. */
export function readBackLine(list: Readonly<Record<ReadBackKey, string>>): string {
  return readBackKeys.map((key) => list[key]).join('; ');
}

/** Whether what was read back is another order than this one. A check in other words cannot be compared, and stands. */
export function isOfOtherOrder(detail: string, list: Readonly<Record<ReadBackKey, string>>): boolean {
  return detail.startsWith(startText.check.readBackBy) && !detail.includes(readBackLine(list));
}
