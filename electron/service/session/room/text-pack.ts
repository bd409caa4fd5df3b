import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { parseTextPack, type TextPack } from '../../../../shared/clinical/text-pack.ts';
import type { Refusal } from '../../../../shared/contract/contract-errors.ts';
import type { RoomDecision } from './decide-room.ts';
import type { NewEvent } from '../events/session-event.ts';
import type { TextPackState } from './text-pack-state.ts';

/** What a file comes to: its hash, and the events that load it (none where the same words are loaded already). */
export type TextPackDecision =
  { readonly instrument: InstrumentId; readonly hash: string; readonly events: readonly NewEvent[] } | { readonly refusal: Refusal };

/**
 * Loads the wording of a file, or says in one sentence why not. The same version with other words is refused,
 * because ratings already name that version. `wanted`: the instrument a person chose before the file, or null.
 */
export function decideLoadTextPack(
  state: TextPackState,
  content: string,
  wanted: InstrumentId | null,
  hashOf: (pack: TextPack) => string,
): TextPackDecision {
  const parsed = parseTextPack(content);
  if ('problem' in parsed) return unreadable(parsed.problem);
  const { pack, statedHash } = parsed;
  const { instrument } = pack;
  const { name } = instruments[instrument];
  if (wanted !== null && wanted !== instrument) {
    return unreadable(`This pack is for ${name}, not for ${instruments[wanted].name}. Choose the other file.`);
  }
  const hash = hashOf(pack);
  if (statedHash !== null && statedHash !== hash) {
    return unreadable(`The hash in the file is not that of its words: the copy was changed. Ask for the ${name} pack again.`);
  }
  if (state.current.get(instrument)?.hash === hash) return { instrument, hash, events: [] };
  const other = [...state.byHash.values()].find((known) => known.hash !== hash && isSameVersion(known.pack, pack));
  if (other !== undefined) {
    const message = `Version ${pack.version} of ${name} (${pack.language}) was loaded before with other words. Give the changed wording a new version.`;
    return { refusal: { code: 'TEXT_PACK_CHANGED', message, subject: instrument } };
  }
  return { instrument, hash, events: [{ kind: 'text-pack-loaded', body: { pack, hash } }] };
}

export function decideRemoveTextPack(state: TextPackState, instrument: InstrumentId): RoomDecision {
  const current = state.current.get(instrument);
  if (current === undefined) {
    const message = `No wording is loaded for ${instruments[instrument].name}. There is nothing to remove.`;
    return { refusal: { code: 'TEXT_PACK_NOT_FOUND', message, subject: instrument } };
  }
  return { events: [{ kind: 'text-pack-removed', body: { instrument, hash: current.hash } }] };
}

function isSameVersion(one: TextPack, other: TextPack): boolean {
  return one.instrument === other.instrument && one.language === other.language && one.version === other.version;
}

function unreadable(message: string): { readonly refusal: Refusal } {
  return { refusal: { code: 'TEXT_PACK_UNREADABLE', message, subject: 'content' } };
}
