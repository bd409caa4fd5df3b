import { useState } from 'react';
import type { Instrument } from '../../../../shared/clinical/instrument.ts';
import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import type { TextPackView } from '../../../../shared/contract/text-pack-contract.ts';
import type { ClockTime } from '../../../../shared/values/clock-time.ts';
import { textPackText } from '../../../text/text-packs.ts';
import { PackFile } from './pack-file.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import styles from './text-packs-sheet.module.css';

interface PackRowProps {
  readonly instrument: Instrument;
  readonly pack: TextPackView | null;
  /** Whether the signed-in person may load and remove. */
  readonly may: boolean;
  readonly onLoad: (content: string, instrument: InstrumentId) => Promise<void>;
  readonly onRemove: (instrument: InstrumentId) => Promise<void>;
  readonly onFail: (sentence: string) => void;
}

const hashLetters = 12;

/** One instrument and whose words it shows. */
export function PackRow({ instrument, pack, may, onLoad, onRemove, onFail }: PackRowProps) {
  const words = textPackText;
  const clock = useClockTime();
  const [asks, setAsks] = useState(false);
  const { id, name, wording } = instrument;
  const without = wording === 'structure' ? words.none : wording === 'own-words' ? words.ownWords : words.shipped;
  return (
    <li className={styles.row} data-loaded={pack !== null}>
      <div className={styles.about}>
        <strong>{name}</strong>
        <span>{pack === null ? without : words.loaded(pack.language, pack.version)}</span>
        {pack === null ? null : (
          <span className={styles.small}>
            {[
              pack.copyright,
              ...loadedWords(pack, clock),
              words.hash(pack.hash.slice(pack.hash.indexOf(':') + 1).slice(0, hashLetters)),
            ].join(' · ')}
          </span>
        )}
      </div>
      {!may ? null : (
        <div className={styles.actions}>
          <PackFile
            label={pack === null ? words.loadShort : words.replace}
            name={words.loadOne(name)}
            onContent={(content) => onLoad(content, id)}
            onFail={onFail}
          />
          {pack === null ? null : (
            <button
              type="button"
              className={styles.load}
              aria-label={words.removeOne(name)}
              aria-expanded={asks}
              onClick={() => setAsks(!asks)}
            >
              {words.remove}
            </button>
          )}
        </div>
      )}
      {asks && may && pack !== null ? (
        <div className={styles.asks}>
          <p>{words.confirmRemove(name)}</p>
          <button type="button" className={styles.load} onClick={() => setAsks(false)}>
            {words.keep}
          </button>
          <button
            type="button"
            className={styles.load}
            onClick={() => {
              setAsks(false);
              void onRemove(id);
            }}
          >
            {words.removeNow}
          </button>
        </div>
      ) : null}
    </li>
  );
}

function loadedWords({ loadedBy, loadedMs }: TextPackView, clock: ClockTime): readonly string[] {
  return loadedBy === null ? [] : [textPackText.by(loadedBy, clock.dateAt(loadedMs))];
}
