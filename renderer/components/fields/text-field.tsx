import { useEffect, useId, useImperativeHandle, useRef, type HTMLInputTypeAttribute, type ReactNode, type Ref } from 'react';
import { useReportedFit } from '../act/fitting.tsx';
import { tooLong } from './too-long.ts';
import styles from './text-field.module.css';

interface TextFieldProps {
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
  /** What fits. More of it, as from a clipboard, stays in the field whole; it says so, and its form waits. */
  readonly maxLength?: number;
  readonly disabled?: boolean;
  /** Figures that are compared by eye. */
  readonly large?: boolean;
  readonly after?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onEnter?: () => void;
}

/** A field with its name above it. A name inside the field would vanish while somebody types. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    value,
    onChange,
    hint,
    problem: found,
    type = 'text',
    maxLength = Infinity,
    large = false,
    after,
    inputRef,
    onEnter,
    ...rest
  } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(inputRef, () => input.current, []);
  const excess = tooLong(value, maxLength);
  // What is invalid holds back the form that it stands in, whichever button or key would send it.
  useEffect(() => input.current?.setCustomValidity(excess ?? ''), [excess]);
  useReportedFit(id, excess === undefined);
  const problem = excess ?? found;
  const note = problem ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.row}>
        <input
          {...rest}
          ref={input}
          data-length-max={maxLength}
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
            if (excess === undefined) onEnter();
          }}
          onInvalid={(event) => {
            if (excess === undefined) return;
            // It is said under the field, in the page's own words.
            event.preventDefault();
            event.currentTarget.focus();
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
