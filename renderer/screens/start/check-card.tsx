import { useState } from 'react';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { classNames } from '../../components/class-names.ts';
import { Card } from '../../components/card.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { Icon } from '../../components/icon.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useAct } from '../../components/act/use-act.ts';
import { useWitness } from '../../components/fields/use-witness.ts';
import { WhoMay } from '../../components/act/who-may.tsx';
import { WitnessField } from '../../components/fields/witness-field.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useActor } from '../../live/use-seat.ts';
import { startText } from '../../text/start.ts';
import { readBackLine, readBackList, type ReadBackRow } from './read-back.ts';
import styles from './check-card.module.css';

/** Where the checklist sends somebody who taps "double-check". */
export const checkCardId = 'second-check';

/** What the second person reads aloud from the label and the pump, ticked one by one, and signs with their own PIN. */
export function CheckCard({ session }: { readonly session: SessionSection | null }) {
  const words = startText.check;
  const clock = useClockTime();
  const entry = session?.checklist.find((one) => one.milestone === 'double_check') ?? null;
  const list = session === null ? null : readBackList(session, clock);
  const isAsked = session === null || entry !== null;
  const stale = session?.dosing.doubleCheck?.stale === true;
  const doneMs = stale ? null : (entry?.doneMs ?? null);
  return (
    <Card heading={words.heading} number={5} aside={doneMs === null ? words.aside : words.done(clock.minute(doneMs))}>
      <div id={checkCardId} tabIndex={-1} className={styles.body}>
        {!isAsked ? (
          <p className={styles.waits}>{words.notNeeded}</p>
        ) : session === null || list === null ? (
          <p className={styles.waits}>{words.waits}</p>
        ) : doneMs !== null ? (
          <Done session={session} list={list} />
        ) : (
          <>
            {stale ? <RefusalNote words={words.orderChanged} /> : null}
            <WhoMay asked={{ type: 'confirm-double-check' }}>
              <ReadBack key={readBackLine(list)} list={list} route={session.dosing.protocol.route} />
            </WhoMay>
          </>
        )}
      </div>
    </Card>
  );
}

function Done({ session, list }: { readonly session: SessionSection; readonly list: readonly ReadBackRow[] }) {
  const witness = session.dosing.doubleCheck?.witness ?? null;
  return (
    <>
      <Rows list={list} ticked={new Set(list.map(({ key }) => key))} />
      {witness === null ? null : (
        <p className={styles.signed}>
          <Icon name="check" size={22} /> {startText.check.doneBy(witness)}
        </p>
      )}
    </>
  );
}

interface ReadBackProps {
  readonly list: readonly ReadBackRow[];
  readonly route: SessionSection['dosing']['protocol']['route'];
  /** In a sheet, which is too narrow for two columns. */
  readonly stacked?: boolean;
}

export function ReadBack({ list, route, stacked = false }: ReadBackProps) {
  const words = startText.check;
  const [before, what, after] = words.words[route];
  const second = useWitness(
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
        <Rows list={list} ticked={ticked} onTick={(key) => setTicked(new Set([...ticked, key]))} />
        <DoubtsForm act={act} />
        <button type="button" className={styles.record} aria-disabled={waits !== null || act.busy} onClick={record}>
          <strong>{act.busy ? words.saving : words.record}</strong>
          {waits === null ? null : <span>{waits}</span>}
        </button>
      </div>
      <div className={styles.who}>
        <WitnessField draft={second} label={words.second} onEnter={record} busy={act.busy} />
      </div>
    </div>
  );
}

interface RowsProps {
  readonly list: readonly ReadBackRow[];
  readonly ticked: ReadonlySet<string>;
  readonly onTick?: (key: string) => void;
}

function Rows({ list, ticked, onTick }: RowsProps) {
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
