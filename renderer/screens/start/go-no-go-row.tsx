import { useState } from 'react';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { Button } from '../../components/button.tsx';
import { DoubtsForm } from '../../components/doubts-form.tsx';
import { FieldsOf } from '../../components/fitting.tsx';
import { Subscript } from '../../components/subscript.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useAct } from '../../components/use-act.ts';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { useWhoMay } from '../../live/use-who-may.ts';
import { startText } from '../../text/start.ts';
import { holdRows } from './hold-figures.ts';
import styles from './go-no-go-row.module.css';

const words = startText.goNoGo;

/**
 * The protocol's limits before the dose beside the latest figures, for a person to decide by. Nothing here moves or
 * changes its look with a value; what is beyond a limit is asked about when somebody answers.
 */
export function GoNoGoRow({ session }: { readonly session: SessionSection }) {
  const vitals = useBoard((board) => board.vitals);
  const temperature = useBoard((board) => board.room.formats.temperature);
  const rows = holdRows(session, vitals, { nowMs: useServiceNow(), temperature });
  const [answer, setAnswer] = useState<'go' | 'no-go' | null>(null);
  const [why, setWhy] = useState('');
  const isSomebodys = useWhoMay();
  const answerWith = (given: 'go' | 'no-go'): void => {
    if (isSomebodys({ type: 'reach-milestone', milestone: 'go_no_go' })) setAnswer(given);
  };
  const act = useAct(commandOf(answer, why.trim()), () => {
    setAnswer(null);
    setWhy('');
  });
  return (
    <section className={styles.row} aria-label={words.heading}>
      <table className={styles.figures}>
        <caption className="visually-hidden">{words.caption}</caption>
        <tbody>
          {rows.map(({ parameter, label, value, source, limits, standing }) => (
            <tr key={parameter} data-standing={standing}>
              <th scope="row">
                <Subscript>{label}</Subscript>
              </th>
              <td className={styles.value}>
                {value}
                {source === '' ? null : <span>{source}</span>}
              </td>
              <td className={styles.limit}>
                {limits}
                {standing === 'beyond' || standing === 'ask' ? <span>{words.standing[standing]}</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {answer === null ? (
        <div className={styles.buttons}>
          <Button onPress={() => answerWith('go')}>{words.go}</Button>
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
            <Button onPress={() => setAnswer(null)}>{startText.checklist.cancel}</Button>
            <Button onPress={act.send}>{act.busy ? startText.checklist.saving : (act.waits ?? words.record[answer])}</Button>
          </div>
        </>
      )}
    </section>
  );
}

/** A no-go without words is incomplete. */
function commandOf(answer: 'go' | 'no-go' | null, why: string): SessionCommandInput | null {
  if (answer === null || (answer === 'no-go' && why === '')) return null;
  const command = { type: 'reach-milestone', milestone: 'go_no_go', go: answer === 'go' } as const;
  return why === '' ? command : { ...command, detail: why };
}
