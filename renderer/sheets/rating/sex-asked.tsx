import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { SexChoice } from '../../components/fields/sex-choice.tsx';
import { useCommand } from '../../live/use-command.ts';
import { sexText } from '../../text/sex.ts';
import styles from './sex-asked.module.css';

/** The total lies between the cuts of two sexes, and nobody has said which holds. */
export function SexAsked() {
  const { run, state } = useCommand();
  return (
    <div className={styles.asked}>
      <p className={styles.words}>{sexText.asked}</p>
      <SexChoice busy={state.kind === 'saving'} send={(command) => run(command)} />
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
    </div>
  );
}
