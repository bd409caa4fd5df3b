import ivKetamine from '../../resources/protocols/iv-ketamine-0.5-40.json' with { type: 'json' };
import { protocolSchema, type Protocol } from './protocol.ts';

/** The protocols that come with Vigil. Parsed once, here, so that a damaged file stops the start and not a dose. */
export const builtInProtocols: readonly Protocol[] = [ivKetamine].map((file) => protocolSchema.parse(file));

/** The version asked for, or the newest; null when there is none. */
export function findProtocol(id: string, version?: number): Protocol | null {
  const versions = builtInProtocols.filter((protocol) => protocol.id === id && (version === undefined || protocol.version === version));
  return versions.toSorted((a, b) => b.version - a.version)[0] ?? null;
}
