import type { SessionId } from '../../../shared/values/ids.ts';
import { useRems } from '../../live/use-record.ts';
import { recordText } from '../../text/record.ts';
import { RemsAnswerRow } from './rems-answer-row.tsx';
import styles from './rems-answers.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

/** What the record holds for the REMS monitoring form, closed until it is asked for. Nothing for any other route. */
export function RemsAnswers({ sessionId, canAnswer }: { readonly sessionId: SessionId; readonly canAnswer: boolean }) {
  const words = recordText.rems;
  const form = useRems(sessionId);
  if (form.data === undefined) return <ReadFailed of={form} words={words.failed} />;
  if (form.data.form === null) return null;
  const { fields, dueBy } = form.data.form;
  const open = fields.filter(({ required, answer }) => required && answer.value === null).length;
  return (
    <details className={styles.rems}>
      <summary className={styles.summary}>{words.heading(open, dueBy)}</summary>
      <dl className={styles.fields} tabIndex={0} aria-label={words.name}>
        {fields.map((field) => (
          <RemsAnswerRow key={field.key} field={field} canAnswer={canAnswer} />
        ))}
      </dl>
    </details>
  );
}
