import { assertNever } from '../values/assert-never.ts';
import { thousandths } from '../values/quantity.ts';
import type { InjectionSite } from './route-dose.ts';
import type { ImDose } from './protocol-dose.ts';
import type { Protocol } from './protocol.ts';

/** The most a protocol lets go into one patient, all of a session together. */
export interface DoseLimit {
  readonly ug: number;
  /** `1 mg/kg`, as the protocol says it. */
  readonly words: string;
}

/** Two injections are rounded once each: what that adds is no dose. */
const roundingUg = 1;

/** null where it hangs on a weight and none is known. */
export function doseLimit(protocol: Protocol, grams: number | null): DoseLimit | null {
  const perKg = (mgPerKg: number): DoseLimit | null =>
    grams === null ? null : { ug: Math.ceil((thousandths(mgPerKg) * grams) / 1000) + roundingUg, words: `${mgPerKg} mg/kg` };
  switch (protocol.route) {
    case 'iv':
      return perKg(protocol.dose.mgPerKgRange[1]);
    case 'im':
      return perKg(protocol.dose.mgPerKgTotalMax);
    case 'intranasal': {
      const mg = Math.max(...protocol.dose.dosesMg);
      return { ug: thousandths(mg), words: `${mg} mg` };
    }
    case 'sublingual':
      return perKg(protocol.dose.mgPerKgMax);
    default:
      return assertNever(protocol);
  }
}

/** The most that goes into one muscle, in µL. */
export function siteLimitUl({ mlPerSite, mlPerSiteMax }: ImDose, site: InjectionSite): number {
  return thousandths(mlPerSite[site] ?? mlPerSiteMax);
}
