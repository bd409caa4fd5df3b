import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { sessionText } from '../../text/session.ts';
import styles from './keys-sheet.module.css';

/** Everything on this screen can be done from the keyboard; here is how. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const words = sessionText.keys;
  return (
    <Sheet label={words.title} onClose={onClose}>
      <div className={styles.sheet}>
        <header className={styles.head}>
          <h2 className={styles.title}>{words.title}</h2>
          <Button onPress={onClose}>{words.close}</Button>
        </header>
        <dl className={styles.rows}>
          {words.rows.map(([key, does]) => (
            <div key={key} className={styles.row}>
              <dt className={styles.key}>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Sheet>
  );
}
