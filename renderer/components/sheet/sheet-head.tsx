import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import styles from './sheet-head.module.css';

interface SheetHeadProps {
  readonly title: ReactNode;
  /** Under the title. */
  readonly words?: ReactNode;
  /** Beside it, in a few words. */
  readonly aside?: string;
  /** Buttons at the right. */
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

/** What a sheet is called, what it is for, and the ways out of it. */
export function SheetHead({ title, words, aside, children, className }: SheetHeadProps) {
  return (
    <header className={classNames(styles.head, words === undefined && styles.oneLine, className)}>
      <div className={styles.naming}>
        <h2 className={styles.title}>{title}</h2>
        {words === undefined ? null : <p className={styles.words}>{words}</p>}
      </div>
      {aside === undefined ? null : <p className={styles.aside}>{aside}</p>}
      {children}
    </header>
  );
}
