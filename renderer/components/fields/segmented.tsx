import { Radio, RadioGroup } from 'react-aria-components';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import styles from './segmented.module.css';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[];
  readonly size?: 'normal' | 'large';
  readonly className?: string | undefined;
}

/** One of a few, all in sight. Arrow keys move, as in any radio group. */
export function Segmented<T extends string>({ label, value, onChange, options, size = 'normal', className }: SegmentedProps<T>) {
  const choose = (next: string): void => {
    const option = options.find((candidate) => candidate.value === next);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={choose}
      className={classNames(styles.group, styles[size], className)}
    >
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className={styles.segment ?? ''}>
          {option.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}
