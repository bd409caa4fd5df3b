import { assertNever } from '../values/assert-never.ts';
import type { Instrument } from './instrument.ts';
import type { InstrumentId } from './instrument-id.ts';
import { instruments } from './instruments/instrument-directory.ts';
import type { Protocol } from './protocol.ts';

/**
 * What no clinical reviewer has signed off. Protocols and instruments mark their own figures and items; screens, print
 * and the command read it here. It is said and never asks: a clinic decides by its own protocol.
 */
export const unconfirmedMark = 'unconfirmed: not yet reviewed by a clinician';

/** Over a list, in a record and beside a dry run; null where nothing is marked. */
export function unconfirmedSentence(marked: readonly string[]): string | null {
  return marked.length === 0 ? null : `Unconfirmed in protocol and forms, not yet reviewed by a clinician: ${marked.join('; ')}`;
}

export interface UnconfirmedFigure {
  /** Where it stands in the protocol: `dose.mgPerKg`. */
  readonly path: string;
  /** `1 mg/kg`. */
  readonly words: string;
}

/** The marked figures of a dose. None in a version that an approver answers for: a prescriber has reviewed it. */
export function unconfirmedFigures(protocol: Protocol): readonly UnconfirmedFigure[] {
  if (protocol.approver !== null) return [];
  switch (protocol.route) {
    case 'iv':
      return [];
    case 'im': {
      const { unconfirmed, mgPerKg, second } = protocol.dose;
      return [
        ...(unconfirmed === true ? [{ path: 'dose.mgPerKg', words: `${mgPerKg} mg/kg` }] : []),
        ...(second?.unconfirmed === true ? [{ path: 'dose.second.mgPerKg', words: `second injection of ${second.mgPerKg} mg/kg` }] : []),
      ];
    }
    case 'intranasal': {
      const { dosesMg, unconfirmedDosesMg = [] } = protocol.dose;
      const marked = unconfirmedDosesMg.filter((mg) => dosesMg.includes(mg));
      return marked.length === 0 ? [] : [{ path: 'dose.dosesMg', words: `dose of ${marked.join(', ')} mg` }];
    }
    case 'sublingual': {
      const { unconfirmed, lozengeMg, lozenges } = protocol.dose;
      return unconfirmed === true ? [{ path: 'dose.lozenges', words: `${lozengeMg * lozenges} mg whatever the weight` }] : [];
    }
    default:
      return assertNever(protocol);
  }
}

/** `CADSS-23 items 20, 21, 22, 23`; null where every item of it is confirmed, or nobody has marked one. */
export function unconfirmedItems(instrument: Instrument): string | null {
  const numbers = instrument.items.filter(({ unconfirmed }) => unconfirmed === true).map(({ number }) => number);
  return numbers.length === 0 ? null : `${instrument.name} item${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`;
}

/** Everything marked in a protocol: its figures, and the items of the forms it asks for and of others that were used. */
export function unconfirmedIn(protocol: Protocol, used: readonly InstrumentId[] = []): readonly string[] {
  const scheduled = protocol.schedule.flatMap((row) => (row.kind === 'rating' ? [row.instrument] : []));
  return [
    ...unconfirmedFigures(protocol).map(({ words }) => words),
    ...[...new Set([...scheduled, ...used])].map((id) => unconfirmedItems(instruments[id])).filter((words) => words !== null),
  ];
}
