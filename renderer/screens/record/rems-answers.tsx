import { useQuery } from '@tanstack/react-query';
import type { SessionId } from '../../../shared/values/ids.ts';
import { useRoom } from '../../live/room-context.tsx';
import { recordText } from '../../text/record.ts';
import styles from './rems-answers.module.css';

/** What the record holds for the REMS monitoring form, closed until it is asked for. Nothing for any other route. */
export function RemsAnswers({ sessionId }: { readonly sessionId: SessionId }) {
  const { client } = useRoom();
  const words = recordText.rems;
  const form = useQuery({ queryKey: ['rems', sessionId], queryFn: () => client.print.rems({ sessionId }), retry: false, gcTime: 0 });
  if (form.data === undefined || form.data.form === null) return null;
  const { fields, dueBy } = form.data.form;
  const open = fields.filter(({ required, answer }) => required && answer.value === null).length;
  return (
    <details className={styles.rems}>
      <summary className={styles.summary}>{words.heading(open, dueBy)}</summary>
      <dl className={styles.fields} tabIndex={0} aria-label={words.name}>
        {fields.map(({ key, label, answer }) => (
          <div key={key} className={styles.field}>
            <dt>{label}</dt>
            {answer.value === null ? (
              <dd className={styles.absent}>{words.absent(answer.absent)}</dd>
            ) : (
              <dd>
                {answer.value}
                <span className={styles.evidence}>{answer.evidence.map(({ at, by }) => words.evidence(at, by)).join('; ')}</span>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </details>
  );
}
