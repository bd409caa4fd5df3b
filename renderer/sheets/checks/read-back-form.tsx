import { useState } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { RecordButton } from '../../components/act/record-button.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { classNames } from '../../components/class-names.ts';
import { useSecondPerson } from '../../components/fields/use-second-person.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { Icon } from '../../components/icon.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useActor } from '../../live/use-seat.ts';
import { startText } from '../../text/start.ts';
import { readBackLine, type ReadBackRow } from './read-back.ts';
import styles from './read-back-form.module.css';

interface ReadBackProps {
  readonly list: readonly ReadBackRow[];
  readonly route: SessionView['dosing']['protocol']['route'];
  /** In a sheet, which is too narrow for two columns. */
  readonly stacked?: boolean;
}

/** What stands on the label and the pump, read aloud row by row, and the PIN of who read it. */
export function ReadBack({ list, route, stacked = false }: ReadBackProps) {
  const words = startText.check;
  const [before, what, after] = words.words[route];
  const second = useSecondPerson(
    useBoard((board) => board.room.secondPersons['double-check']),
    useActor({ type: 'confirm-double-check' }),
  );
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const act = useAct({ type: 'confirm-double-check', readBack: readBackLine(list) }, () => undefined, { second });
  const open = list.length - ticked.size;
  const waits = open > 0 ? words.recordWaits(open) : act.waits;
  const record = (): void => {
    if (waits === null) act.send();
  };
  return (
    <div className={classNames(styles.columns, stacked && styles.stacked)}>
      <div className={styles.reading}>
        <p className={styles.words}>
          {before} <strong>{what}</strong>
          {after}
        </p>
        <ReadBackRows list={list} ticked={ticked} onTick={(key) => setTicked(new Set([...ticked, key]))} />
        <DoubtsForm act={act} />
        <RecordButton
          label={act.busy ? words.saving : words.record}
          waits={waits}
          isDisabled={waits !== null || act.busy}
          onPress={record}
          isStacked
          className={styles.record}
        />
      </div>
      <div className={styles.who}>
        <SecondPersonField draft={second} label={words.second} onEnter={record} busy={act.busy} />
      </div>
    </div>
  );
}

interface ReadBackRowsProps {
  readonly list: readonly ReadBackRow[];
  readonly ticked: ReadonlySet<string>;
  readonly onTick?: (key: string) => void;
}

export function ReadBackRows({ list, ticked, onTick }: ReadBackRowsProps) {
  return (
    <ul className={styles.rows}>
      {list.map(({ key, term, value }) => (
        <li key={key}>
          <button
            type="button"
            className={styles.row}
            aria-pressed={ticked.has(key)}
            disabled={onTick === undefined}
            onClick={() => onTick?.(key)}
          >
            {ticked.has(key) ? <Icon name="check" size={22} /> : <span className={styles.box} />}
            <span className={styles.term}>{term}</span>
            <strong>{value}</strong>
          </button>
        </li>
      ))}
    </ul>
  );
}
