import { useState } from 'react';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { Card } from '../../components/card.tsx';
import { ChoiceTiles } from '../../components/choice-tiles.tsx';
import { Icon } from '../../components/icon.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useSend } from '../../components/use-send.ts';
import { useBoard } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { startText } from '../../text/start.ts';
import { isOfOtherOrder, readBackKeys, readBackLine, readBackList, type ReadBackKey } from './read-back.ts';
import styles from './check-card.module.css';

/** Where the checklist sends somebody who taps "double-check". */
export const checkCardId = 'second-check';

/** What the second person reads aloud from the bag label and the pump, ticked one by one. */
export function CheckCard({ session }: { readonly session: SessionSection | null }) {
  const words = startText.check;
  const clock = useClockTime();
  const list = session === null ? null : readBackList(session);
  const done = session?.checklist.find((entry) => entry.milestone === 'double_check') ?? null;
  const isDone = done !== null && done.doneMs !== null;
  const stale = isDone && list !== null && done.detail !== null && isOfOtherOrder(done.detail, list);
  return (
    <Card heading={words.heading} number={5} aside={isDone ? words.done(clock.minute(done.doneMs ?? 0)) : words.aside}>
      <div id={checkCardId} tabIndex={-1} className={styles.body}>
        {session === null || list === null ? (
          <p className={styles.waits}>{words.waits}</p>
        ) : isDone && !stale ? (
          <Rows list={list} ticked={new Set(readBackKeys)} />
        ) : (
          <>
            {stale ? <RefusalNote words={words.orderChanged} /> : null}
            <ReadBack key={readBackLine(list)} session={session} list={list} />
          </>
        )}
      </div>
    </Card>
  );
}

interface ReadBackProps {
  readonly session: SessionSection;
  readonly list: Readonly<Record<ReadBackKey, string>>;
}

function ReadBack({ session, list }: ReadBackProps) {
  const words = startText.check;
  const send = useSend();
  const [ticked, setTicked] = useState<ReadonlySet<ReadBackKey>>(new Set());
  const [who, setWho] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const open = readBackKeys.length - ticked.size;
  const waits = open > 0 ? words.recordWaits(open) : who.trim() === '' ? words.recordWaitsWho : null;
  const record = async (): Promise<void> => {
    if (waits !== null || busy) return;
    setBusy(true);
    setFailure(null);
    // A check of an earlier order is superseded, not overwritten.
    const earlier = session.marks.find((mark) => mark.milestone === 'double_check');
    const undone = earlier === undefined ? null : await send({ type: 'undo', eventId: earlier.eventId, reason: words.orderChanged });
    const outcome =
      undone !== null && !undone.ok
        ? undone
        : await send({ type: 'reach-milestone', milestone: 'double_check', detail: words.detail(who.trim(), readBackLine(list)) });
    setBusy(false);
    if (!outcome.ok) setFailure(outcome.words);
  };
  return (
    <div className={styles.columns}>
      <div>
        <p className={styles.words}>
          {words.words[0]} <strong>{words.words[1]}</strong>
          {words.words[2]}
        </p>
        <Rows list={list} ticked={ticked} onTick={(key) => setTicked(new Set([...ticked, key]))} />
      </div>
      <div className={styles.who}>
        <SecondPerson who={who} onWho={setWho} />
        {failure === null ? null : <RefusalNote words={failure} />}
        <button type="button" className={styles.record} aria-disabled={waits !== null || busy} onClick={() => void record()}>
          <strong>{busy ? words.saving : words.record}</strong>
          {waits === null ? null : <span>{waits}</span>}
        </button>
      </div>
    </div>
  );
}

/** Anybody who can sign in here except the one who is signed in, or a name. Named, not yet signed with a PIN. */
function SecondPerson({ who, onWho }: { readonly who: string; readonly onWho: (who: string) => void }) {
  const words = startText.check;
  const people = useBoard((board) => board.staff.people);
  const { person } = useSeat();
  const others = people.filter((one) => one.personId !== person?.personId).slice(0, 6);
  return (
    <div className={styles.people} role="group" aria-label={words.who}>
      {others.length === 0 ? null : (
        <ChoiceTiles label={words.who} value={who} onChange={onWho} options={others.map((one) => ({ value: one.name, label: one.name }))} />
      )}
      <TextField label={words.whoName} value={who} onChange={onWho} maxLength={80} />
    </div>
  );
}

interface RowsProps {
  readonly list: Readonly<Record<ReadBackKey, string>>;
  readonly ticked: ReadonlySet<ReadBackKey>;
  readonly onTick?: (key: ReadBackKey) => void;
}

function Rows({ list, ticked, onTick }: RowsProps) {
  const words = startText.check;
  return (
    <ul className={styles.rows}>
      {readBackKeys.map((key) => (
        <li key={key}>
          <button
            type="button"
            className={styles.row}
            aria-pressed={ticked.has(key)}
            disabled={onTick === undefined}
            onClick={() => onTick?.(key)}
          >
            {ticked.has(key) ? <Icon name="check" size={22} /> : <span className={styles.box} />}
            <span className={styles.term}>{words.rows[key]}</span>
            <strong>{list[key]}</strong>
          </button>
        </li>
      ))}
    </ul>
  );
}
