import type { ReactNode } from 'react';
import { useFocusAtFirst } from './use-focus-at-first.ts';
import styles from './people-sheet.module.css';

/** What takes the place of another part of the sheet; the keys go on from its top. */
export function PeoplePart({ children }: { readonly children: ReactNode }) {
  const view = useFocusAtFirst();
  return (
    <div ref={view} tabIndex={-1} className={styles.view}>
      {children}
    </div>
  );
}
