import { useId, type HTMLInputTypeAttribute, type ReactNode, type Ref } from 'react';
import styles from './text-field.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Stands under the field while there is no problem. */
  readonly hint?: string | undefined;
  /** What is wrong, and what to do. Replaces the hint. */
  readonly problem?: string | null | undefined;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly disabled?: boolean;
  /** Figures that are compared by eye. */
  readonly large?: boolean;
  readonly after?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onEnter?: () => void;
}

/** A field with its name above it, never inside it: a name that vanishes while typing is a name nobody can check. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, problem, type = 'text', large = false, after, inputRef, onEnter, ...rest } = props;
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.row}>
        <input
          {...rest}
          ref={inputRef}
          id={id}
          className={large ? `${styles.input} ${styles.large}` : styles.input}
          type={type}
          value={value}
          spellCheck={false}
          autoComplete={rest.autoComplete ?? 'off'}
          aria-invalid={problem !== undefined && problem !== null}
          aria-describedby={note === undefined || note === null ? undefined : `${id}-note`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || onEnter === undefined) return;
            event.preventDefault();
            onEnter();
          }}
        />
        {after}
      </div>
      {note === undefined || note === null ? null : (
        <p id={`${id}-note`} className={problem === undefined || problem === null ? styles.hint : styles.problem}>
          {note}
        </p>
      )}
    </div>
  );
}
