import { useEffect, useState } from 'react';
import { pageText } from '../text/page.ts';
import styles from './connecting.module.css';

const slowMs = 6000;

/** Before the first message of the room service. Says when it takes too long. */
export function Connecting() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowMs);
    return () => clearTimeout(timer);
  }, []);
  const words = pageText.connecting;
  return (
    <main className={styles.screen}>
      <p className={styles.product}>{pageText.product}</p>
      <h1 className={styles.title}>{words.title}</h1>
      <p className={styles.words} role="status">
        {slow ? words.slow : words.words}
      </p>
      <p className={styles.disclaimer}>{pageText.disclaimer}</p>
    </main>
  );
}
