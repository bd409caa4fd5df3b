import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './card.module.css';

interface CardProps {
  readonly heading: string;
  /** Numbered where the order of the cards is the order of the work. */
  readonly number?: number;
  /** Small words at the right of the heading. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  /** For what leads to it from elsewhere on the screen. */
  readonly place?: string;
}

/** A panel with a heading, and a number where cards are steps. */
export function Card({ heading, number, aside, children, className, place }: CardProps) {
  const id = useId();
  return (
    <section id={place} className={classNames(styles.card, className)} aria-labelledby={id}>
      <header className={styles.head}>
        {number === undefined ? null : (
          <span className={styles.number} aria-hidden="true">
            {number}
          </span>
        )}
        <h2 id={id} className={styles.heading}>
          {heading}
        </h2>
        {aside === undefined ? null : <div className={styles.aside}>{aside}</div>}
      </header>
      {children}
    </section>
  );
}
