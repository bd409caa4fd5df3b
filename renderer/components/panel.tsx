import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './panel.module.css';

interface PanelProps {
  readonly heading: string;
  /** Small words at the right of the heading. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** A named part of a column, with its heading and what the heading needs to be understood. */
export function Panel({ heading, aside, children, className }: PanelProps) {
  const id = useId();
  return (
    <section className={classNames(styles.panel, className)} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={styles.heading}>
          {heading}
        </h2>
        {aside === undefined ? null : <p className={styles.aside}>{aside}</p>}
      </header>
      {children}
    </section>
  );
}
