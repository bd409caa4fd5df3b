import styles from './choice-tiles.module.css';

interface ChoiceTilesProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string }[];
}

/** A few reasons to choose one of, each a full touch target. Nothing is chosen beforehand. */
export function ChoiceTiles<T extends string>({ label, value, onChange, options }: ChoiceTilesProps<T>) {
  return (
    <div className={styles.tiles} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={styles.tile}
          aria-pressed={value === option.value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
