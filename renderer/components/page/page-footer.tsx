import type { ReactNode } from 'react';
import { pageText } from '../../text/page.ts';
import styles from './page-footer.module.css';

/** What Vigil is and is not, on every screen. */
export function PageFooter({ children }: { readonly children?: ReactNode }) {
  return (
    <footer className={styles.footer}>
      <p className={styles.words}>{pageText.disclaimer}</p>
      <div className={styles.aside}>{children}</div>
    </footer>
  );
}
