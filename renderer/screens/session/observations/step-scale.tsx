import styles from './step-scale.module.css';

interface StepScaleProps {
  readonly label: string;
  readonly steps: readonly number[];
  /** Undefined: nothing was said, which is not 0. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** A number by one touch. The same step again takes it back. */
export function StepScale({ label, steps, value, onChange }: StepScaleProps) {
  return (
    <div className={styles.scale} role="group" aria-label={label}>
      {steps.map((step) => (
        <button
          key={step}
          type="button"
          className={styles.step}
          aria-pressed={value === step}
          onClick={() => onChange(value === step ? undefined : step)}
        >
          {step}
        </button>
      ))}
    </div>
  );
}
