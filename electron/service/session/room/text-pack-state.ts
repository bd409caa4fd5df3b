import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import type { TextPack } from '../../../../shared/clinical/text-pack.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { Actor, RecordedEvent } from '../events/session-event.ts';

export interface LoadedTextPack {
  readonly pack: TextPack;
  readonly hash: string;
  readonly loadedMs: UtcMs;
  readonly loadedBy: Actor;
  /** Of the event that loaded it. */
  readonly seq: number;
}

export interface TextPackState {
  /** What new ratings are read from. */
  readonly current: ReadonlyMap<InstrumentId, LoadedTextPack>;
  /** Every wording that was ever loaded, by hash: past ratings name theirs. */
  readonly byHash: ReadonlyMap<string, LoadedTextPack>;
}

export const noTextPacks: TextPackState = { current: new Map(), byHash: new Map() };

export function evolveTextPacks(
  state: TextPackState,
  event: Extract<RecordedEvent, { kind: 'text-pack-loaded' | 'text-pack-removed' }>,
): TextPackState {
  if (event.kind === 'text-pack-removed') {
    const current = new Map(state.current);
    current.delete(event.body.instrument);
    return { ...state, current };
  }
  const { pack, hash } = event.body;
  const loaded: LoadedTextPack = { pack, hash, loadedMs: event.recorded.utcMs, loadedBy: event.actor, seq: event.seq };
  return { current: new Map(state.current).set(pack.instrument, loaded), byHash: new Map(state.byHash).set(hash, loaded) };
}

/** For new ratings: the hash of the wording that is loaded for each instrument. */
export function textPackHashes({ current }: TextPackState): Readonly<Partial<Record<InstrumentId, string>>> {
  return Object.fromEntries([...current].map(([instrument, { hash }]) => [instrument, hash]));
}
