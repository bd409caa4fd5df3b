import type { ReactNode } from 'react';
import { fieldText } from '../../text/field.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { NumberPad } from './number-pad.tsx';
import { TextField } from './text-field.tsx';
import { classNames } from '../class-names.ts';
import padStyles from './pad-key.module.css';
import styles from './number-field.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  /** As typed; empty is no number, which is not 0. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What the two keys beside it add and take. */
  readonly step: number;
  /** Where the two keys start from while nothing is typed. */
  readonly from: number;
  readonly min: number;
  readonly max: number;
  readonly autoFocus?: boolean;
  readonly hint?: string | undefined;
  readonly problem?: string | null | undefined;
  readonly onEnter?: () => void;
  /** Leaves the two keys out, where the room is needed for something else. */
  readonly withoutKeys?: boolean;
  /** Stands under the field, beside the pad. */
  readonly below?: ReactNode;
}

const lengthMax = 8;
const keyStyle = classNames(padStyles.key, styles.key);

/** A number with its unit always in sight, for touch (two keys), keyboard and numeric pad. */
export function NumberField({ label, unit, value, onChange, step, from, min, max, below, withoutKeys = false, ...rest }: NumberFieldProps) {
  const current = numberTyped(value);
  const move = (by: number): void => {
    const next = Math.min(max, Math.max(min, (current ?? from) + by));
    onChange(String(Number(next.toFixed(3))));
  };
  const press = (key: string): void => {
    if (value.length < lengthMax && !(key === '.' && value.includes('.'))) onChange(value + key);
  };
  return (
    <div className={styles.field}>
      <div className={styles.entry}>
        <TextField
          {...rest}
          label={`${label}, ${unit}`}
          value={value}
          onChange={onChange}
          inputMode="decimal"
          large
          maxLength={lengthMax}
        />
        {withoutKeys ? null : (
          <div className={styles.keys}>
            <button type="button" className={keyStyle} aria-label={fieldText.less(label, step)} onClick={() => move(-step)}>
              −{step}
            </button>
            <button type="button" className={keyStyle} aria-label={fieldText.more(label, step)} onClick={() => move(step)}>
              +{step}
            </button>
          </div>
        )}
        {below}
      </div>
      <NumberPad label={label} onKey={press} onErase={() => onChange(value.slice(0, -1))} />
    </div>
  );
}
