import styles from './figure-input.module.css';

interface FigureInputProps {
  /** Spoken, and shown above unless `hidden`. */
  readonly label: string;
  readonly hidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly changed: boolean;
  readonly type?: 'text' | 'date';
  readonly wide?: boolean;
}

/** One figure of a protocol. What was changed says so with a mark and a word, not in colour alone. */
export function FigureInput({ label, hidden = false, value, onChange, changed, type = 'text', wide = false }: FigureInputProps) {
  return (
    <label className={styles.field} data-wide={wide}>
      <span className={hidden ? styles.hidden : styles.label}>{label}</span>
      <input
        type={type}
        inputMode={type === 'text' && !wide ? 'decimal' : 'text'}
        className={styles.input}
        data-changed={changed}
        value={value}
        maxLength={120}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
