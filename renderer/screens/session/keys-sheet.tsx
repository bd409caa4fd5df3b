import { SheetView } from '../../components/sheet/sheet-view.tsx';
import { sessionText } from '../../text/session.ts';
import styles from './keys-sheet.module.css';

/** Everything on this screen can be done from the keyboard; here is how. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const words = sessionText.keys;
  return (
    <SheetView title={words.title} close={words.close} onClose={onClose}>
      <dl>
        {words.rows.map(([key, does]) => (
          <div key={key} className={styles.row}>
            <dt className={styles.key}>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </SheetView>
  );
}
