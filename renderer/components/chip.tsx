import { ToggleButton } from 'react-aria-components';
import { KeyCap } from './keys/key-cap.tsx';
import styles from './chip.module.css';

interface ChipProps {
  readonly children: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  /** The digit that toggles it while nothing is being typed. */
  readonly digit?: number | undefined;
}

/** A word that can be added to a note with one touch. */
export function Chip({ children, isSelected, onChange, digit }: ChipProps) {
  return (
    <ToggleButton
      isSelected={isSelected}
      onChange={onChange}
      className={styles.chip ?? ''}
      {...(digit === undefined ? {} : { 'aria-keyshortcuts': String(digit) })}
    >
      {digit === undefined ? null : <KeyCap>{digit}</KeyCap>}
      {children}
    </ToggleButton>
  );
}
