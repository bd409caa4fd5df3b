import type { Verification } from '../service/store/verify-findings.ts';
import { spokenUtc } from './utc-time.ts';

/** A sentence for each salvage that the log tells of, and one for the signatures that nothing proves any more. */
export function salvagedWords({ salvages, signaturesUnproved }: Pick<Verification, 'salvages' | 'signaturesUnproved'>): string[] {
  const told = salvages.map(({ seq, atMs, account, holes, setAside }) => {
    const missing =
      holes.length === 0
        ? 'no entry is missing'
        : `missing are ${holes
            .slice(0, namedMax + 1)
            .map(entriesFrom)
            .join(', ')}`;
    const aside =
      setAside.length === 0
        ? ''
        : `; ${setAside.length === 1 ? '1 session is' : `${setAside.length} sessions are`} set aside, which cannot be read as a whole`;
    return `salvaged at event ${seq} out of a damaged file on ${spokenUtc(atMs)} by ${account}: ${missing}${aside}; what else is lost stands in its report`;
  });
  if (signaturesUnproved.length === 0) return told;
  const events = signaturesUnproved.length === 1 ? 'the signature' : 'the signatures';
  return [...told, `not proved: ${events} of event ${signaturesUnproved.join(', ')}, because what was signed is not all there any more`];
}

const namedMax = 20;

/** The first of them by number. */
function entriesFrom({ from, through }: { readonly from: number; readonly through: number }, index: number): string {
  if (index === namedMax) return 'and more';
  return from === through ? `entry ${from}` : `entries ${from} to ${through}`;
}
