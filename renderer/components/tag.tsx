import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './tag.module.css';

interface TagProps {
  readonly children: ReactNode;
  /** `demo` is hatched, so that a simulated room is never taken for a real one. */
  readonly kind?: 'plain' | 'demo';
}

export function Tag({ children, kind = 'plain' }: TagProps) {
  return (
    <span className={classNames(styles.tag, kind === 'demo' && styles.demo)}>
      <span className={styles.words}>{children}</span>
    </span>
  );
}
