import type { ReactNode } from 'react';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { Initials } from '../initials.tsx';
import styles from './screen.module.css';

interface ScreenProps {
  readonly back: string;
  readonly onBack: () => void;
  readonly title: string;
  /** Whose record it is: the title is the patient's name. */
  readonly ofPatient?: boolean;
  /** Beside the title. */
  readonly facts?: ReactNode;
  readonly headClass?: string | undefined;
  readonly children: ReactNode;
}

/** A screen that one goes back from: a bar with its title, and what it shows below. */
export function Screen({ back, onBack, title, ofPatient = false, facts, headClass, children }: ScreenProps) {
  return (
    <div className={styles.screen}>
      <header className={classNames(styles.head, headClass)}>
        <Button onPress={onBack}>{back}</Button>
        {ofPatient ? <Initials name={title} /> : null}
        <h1 className={classNames(styles.title, ofPatient && styles.patient)}>{title}</h1>
        {facts}
      </header>
      {children}
    </div>
  );
}

/** Parts of a screen beside one another, below one another where it is narrow. `className` says how wide each is. */
export function Columns({ className, children }: { readonly className?: string | undefined; readonly children: ReactNode }) {
  return <div className={classNames(styles.columns, className)}>{children}</div>;
}

/** In the middle of a screen that has nothing to show yet. */
export function Waiting({ children }: { readonly children: ReactNode }) {
  return <div className={styles.waiting}>{children}</div>;
}
