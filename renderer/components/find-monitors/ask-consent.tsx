import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useRoom } from '../../live/room-context.tsx';
import { monitorsText } from '../../text/monitors.ts';
import { Button } from '../button.tsx';
import styles from './find-monitors.module.css';
import { ReadFailed } from '../act/read-failed.tsx';

const words = monitorsText.find.consent;

interface AskConsentProps {
  readonly port: string;
  readonly onAgree: () => void;
  readonly onRefuse: () => void;
}

/** Says what would be sent, byte for byte, before anything is. */
export function AskConsent({ port, onAgree, onRefuse }: AskConsentProps) {
  const { client } = useRoom();
  const group = useRef<HTMLDivElement>(null);
  const questions = useQuery({ queryKey: ['setup', 'questions'], queryFn: () => client.setup.detectionQuestions(), staleTime: Infinity });
  // The button that was pressed is gone: the keys go on here.
  const ready = questions.data !== undefined;
  useEffect(() => {
    group.current?.focus();
    group.current?.scrollIntoView({ block: 'nearest' });
  }, [ready]);
  return (
    <div ref={group} className={styles.consent} role="group" aria-label={words.heading(port)} tabIndex={-1}>
      <strong>{words.heading(port)}</strong>
      <p>{words.words}</p>
      <ReadFailed of={questions} />
      <ul className={styles.questions}>
        {(questions.data ?? []).map((question) => (
          <li key={question.protocol}>
            <span>{words.line(question.vendor, question.models.slice(0, 2).join(', '), question.settings)}</span>
            <code>{words.bytes(shortened(question.hex))}</code>
          </li>
        ))}
      </ul>
      <p>{words.other}</p>
      <div className={styles.actions}>
        <Button onPress={onRefuse}>{words.refuse}</Button>
        <Button kind="primary" onPress={onAgree} isDisabled={!ready}>
          {words.agree}
        </Button>
      </div>
    </div>
  );
}

const hexShown = 12 * 3 - 1;

function shortened(hex: string): string {
  return hex.length <= hexShown ? hex : `${hex.slice(0, hexShown)} …`;
}
