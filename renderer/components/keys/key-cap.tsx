import type { ReactNode } from 'react';
import styles from './key-cap.module.css';

/** The key that does the same. Silent: the control itself says its key. */
export function KeyCap({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className={styles.key} aria-hidden="true">
      {children}
    </kbd>
  );
}
