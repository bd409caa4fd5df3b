import imKetamine from '../../resources/protocols/im-ketamine-1.0.json' with { type: 'json' };
import intranasalEsketamine from '../../resources/protocols/intranasal-esketamine-rems.json' with { type: 'json' };
import ivKetamine from '../../resources/protocols/iv-ketamine-0.5-40.json' with { type: 'json' };
import secondVersions from '../../resources/protocols/second-versions.json' with { type: 'json' };
import sublingualKetamine from '../../resources/protocols/sublingual-ketamine-remote.json' with { type: 'json' };
import { protocolSchema, type Protocol } from './protocol.ts';
import { protocolLibrary } from './protocol-library.ts';

const firstVersions = [ivKetamine, imKetamine, intranasalEsketamine, sublingualKetamine];

/** A file of a protocol, or of what a later version changes in it, before it is parsed. */
interface Unparsed {
  readonly id: string;
  readonly dose?: object;
}

/** A later version is the one before it but for what it names; of a dose, field by field. In the order of their numbers. */
export function versionsOf(first: Unparsed, later: readonly Unparsed[]): readonly Unparsed[] {
  const versions = [first];
  let newest = first;
  for (const changes of later.filter(({ id }) => id === first.id)) {
    newest = { ...newest, ...changes, dose: { ...newest.dose, ...changes.dose } };
    versions.push(newest);
  }
  return versions;
}

/** The protocols that come with Vigil. Parsed once, here, so that a damaged file stops the start and not a dose. */
export const builtInProtocols: readonly Protocol[] = firstVersions
  .flatMap((first) => versionsOf(first, secondVersions))
  .map((file) => protocolSchema.parse(file));

/** What a room has before its clinic publishes anything. */
export const builtInLibrary = protocolLibrary(builtInProtocols);

/** Of those that come with Vigil: the version asked for, or the newest; null when there is none. */
export function findProtocol(id: string, version?: number): Protocol | null {
  return version === undefined ? builtInLibrary.newest(id) : builtInLibrary.find(id, version);
}
