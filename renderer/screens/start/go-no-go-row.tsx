import { useState } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { Button } from '../../components/button.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { FieldsOf } from '../../components/act/fitting.tsx';
import { Subscript } from '../../components/subscript.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { useWhoMay } from '../../live/use-who-may.ts';
import { startText } from '../../text/start.ts';
import { holdRows } from './hold-figures.ts';
import styles from './go-no-go-row.module.css';

const words = startText.goNoGo;

interface GoNoGoRowProps {
  readonly session: SessionView;
  /** What was answered last; null before the first answer. */
  readonly decided: { readonly words: string | null; readonly atMs: number } | null;
}

/**
 * The protocol's limits before the dose beside the latest figures, for a person to decide by. Nothing here moves or
 * changes its look with a value; what is beyond a limit is asked about when somebody answers.
 */
export function GoNoGoRow({ session, decided }: GoNoGoRowProps) {
  const vitals = useBoard((board) => board.vitals);
  const temperature = useBoard((board) => board.room.formats.temperature);
  const rows = holdRows(session, vitals, { nowMs: useServiceNow(), temperature });
  const [answer, setAnswer] = useState<'go' | 'no-go' | null>(null);
  const [why, setWhy] = useState('');
  const [again, setAgain] = useState(false);
  const clock = useClockTime();
  const isSomebodys = useWhoMay();
  const answerWith = (given: 'go' | 'no-go'): void => {
    if (isSomebodys({ type: 'reach-milestone', milestone: 'go_no_go' })) setAnswer(given);
  };
  const act = useAct(commandOf(answer, why.trim()), () => {
    setAnswer(null);
    setWhy('');
    setAgain(false);
  });
  return (
    <section className={styles.row} aria-label={words.heading}>
      <Figures rows={rows} />
      {answer === null && decided !== null && !again ? (
        <div className={styles.buttons}>
          <p className={styles.decided}>{words.decided(decided.words, clock.minute(decided.atMs))}</p>
          <Button onPress={() => setAgain(true)}>{words.again}</Button>
        </div>
      ) : answer === null ? (
        <div className={styles.buttons}>
          <Button onPress={() => answerWith('go')} autoFocus={again}>
            {words.go}
          </Button>
          <Button onPress={() => answerWith('no-go')}>{words.noGo}</Button>
        </div>
      ) : (
        <>
          <FieldsOf fitting={act.fitting}>
            <TextField
              label={answer === 'go' ? words.goWords : words.noGoWords}
              value={why}
              onChange={setWhy}
              maxLength={300}
              autoFocus
              onEnter={act.send}
            />
          </FieldsOf>
          <DoubtsForm act={act} />
          <div className={styles.buttons}>
            <Button
              onPress={() => {
                setAnswer(null);
                setAgain(false);
              }}
            >
              {startText.checklist.cancel}
            </Button>
            <Button onPress={act.send}>{act.busy ? startText.checklist.saving : (act.waits ?? words.record[answer])}</Button>
          </div>
        </>
      )}
    </section>
  );
}

function Figures({ rows }: { readonly rows: ReturnType<typeof holdRows> }) {
  return (
    <table className={styles.figures}>
      <caption className="visually-hidden">{words.caption}</caption>
      <tbody>
        {rows.map(({ parameter, label, value, source, limits, verdict }) => (
          <tr key={parameter} data-verdict={verdict}>
            <th scope="row">
              <Subscript>{label}</Subscript>
            </th>
            <td className={styles.value}>
              {value}
              {source === '' ? null : <span>{source}</span>}
            </td>
            <td className={styles.limit}>
              {limits}
              {verdict === 'beyond' || verdict === 'ask' ? <span>{words.verdict[verdict]}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A no-go can be recorded only with a reason. */
function commandOf(answer: 'go' | 'no-go' | null, why: string): SessionCommandInput | null {
  if (answer === null || (answer === 'no-go' && why === '')) return null;
  const command = { type: 'reach-milestone', milestone: 'go_no_go', go: answer === 'go' } as const;
  return why === '' ? command : { ...command, detail: why };
}
