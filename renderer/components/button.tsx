import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './button.module.css';

interface ButtonProps {
  readonly onPress: () => void;
  readonly children: ReactNode;
  /** Spoken name, where the words inside are too short. */
  readonly label?: string;
  /** `primary` is the one thing to do next; `quiet` has no border, `tool` a quiet one. */
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'tool';
  /** `large` is 64 px high (52 compact), `square` is an icon alone. */
  readonly size?: 'normal' | 'large' | 'square';
  readonly isDisabled?: boolean;
  /** Takes the whole width of its container. */
  readonly wide?: boolean;
  readonly autoFocus?: boolean;
  readonly expanded?: boolean;
  readonly className?: string | undefined;
}

/** A button in words. Never smaller than a gloved finger. */
export function Button(props: ButtonProps) {
  const {
    onPress,
    children,
    label,
    kind = 'plain',
    size = 'normal',
    isDisabled = false,
    wide = false,
    autoFocus = false,
    expanded,
    className,
  } = props;
  return (
    <AriaButton
      onPress={() => onPress()}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
      className={classNames(styles.button, styles[kind], styles[size], wide && styles.wide, className)}
    >
      {children}
    </AriaButton>
  );
}
