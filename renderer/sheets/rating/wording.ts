import type { Anchor, Instrument, InstrumentItem } from '../../../shared/clinical/instrument.ts';
import type { TextPack } from '../../../shared/clinical/text-pack.ts';

/** The words that a sheet shows: the clinic's where it loaded some, else those that are shipped, else none. */
export interface Wording {
  readonly stem: string | null;
  /** null: read from the form. */
  readonly textOf: (item: InstrumentItem) => string | null;
  readonly anchorsOf: (item: InstrumentItem) => readonly Anchor[];
  /** Whose words these are; null where they are not a clinic's. */
  readonly pack: Pick<TextPack, 'language' | 'version' | 'copyright'> | null;
}

/** Anchors of a pack stand in for the shipped ones; an item whose pack has none keeps those. */
export function wordingOf(instrument: Instrument, pack: TextPack | null): Wording {
  const words = (item: InstrumentItem) => pack?.items.find((candidate) => candidate.number === item.number);
  return {
    stem: pack?.stem ?? instrument.stem,
    textOf: (item) => words(item)?.text ?? item.text ?? null,
    anchorsOf: (item) => {
      const anchors = words(item)?.anchors ?? [];
      return anchors.length > 0 ? anchors : item.anchors;
    },
    pack,
  };
}
