import type { SigningView } from '../../../shared/contract/signing.ts';
import { Card } from '../../components/card.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { signText } from '../../text/sign.ts';
import { groupedHash } from './open-items.ts';
import styles from './signature-card.module.css';

const words = signText.versions;

/** Every version with its signatures, the newest first. An earlier one is never out of sight. */
export function VersionsCard({ view }: { readonly view: SigningView }) {
  const clock = useClockTime();
  return (
    <Card heading={words.heading}>
      <ol className={styles.versions}>
        {view.versions.toReversed().map(({ version, signatures, amendment, recordHash }) => (
          <li key={version} className={styles.version}>
            <h3 className={styles.versionName}>{words.version(version)}</h3>
            {amendment === null ? null : <p className={styles.quiet}>{words.amended(amendment.reason, amendment.by)}</p>}
            {signatures.map(({ name, role, meaning, atMs }) => (
              <p key={name} className={styles.signature}>
                {words.signed(name, role, words.meaning[meaning], `${clock.day(atMs)} ${clock.second(atMs)}`)}
              </p>
            ))}
            <code className={styles.small}>{groupedHash(recordHash)}</code>
          </li>
        ))}
      </ol>
    </Card>
  );
}
