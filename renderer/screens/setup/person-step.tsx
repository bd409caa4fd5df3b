import { setupText } from '../../text/setup.ts';
import { PersonFields } from '../../sheets/room/person-fields.tsx';
import type { StepProps } from './step-props.ts';
import styles from './setup-screen.module.css';

export function PersonStep({ draft, put, problemOf }: StepProps) {
  const words = setupText.person;
  return (
    <>
      <p className={styles.quiet}>{words.words}</p>
      <PersonFields draft={draft} put={put} problemOf={problemOf} labels={{ name: words.name, role: words.role, pinHint: words.pinHint }} />
    </>
  );
}
