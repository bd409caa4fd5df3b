import { useEffect, useState } from 'react';
import { pageText } from '../../text/page.ts';
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
  return <Waiting title={words.title} words={slow ? words.slow : words.words} />;
}

/** While the demo plays days into seconds: screens that follow it would only flicker. */
export function DemoCatchingUp() {
  return <Waiting {...pageText.catchingUp} />;
}

function Waiting({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <main className={styles.screen}>
      <p className={styles.product}>{pageText.product}</p>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.words} role="status">
        {words}
      </p>
      <p className={styles.disclaimer}>{pageText.disclaimer}</p>
    </main>
  );
}
