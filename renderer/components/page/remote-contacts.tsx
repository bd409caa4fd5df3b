import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { isWatchedFromAfar } from '../../../shared/clinical/remote.ts';
import { remoteText as words } from '../../text/remote.ts';
import styles from './remote-contacts.module.css';

const parts = [
  ['locationAddress', words.address],
  ['callBackNumber', words.callBack],
  ['emergencyContact', words.emergency],
  ['sitterName', words.sitter],
] as const;

/** Where help has to go and whom to call, of a session that is watched from afar: in sight for as long as it runs. */
export function RemoteContacts({ session }: { readonly session: SessionView }) {
  const { protocol, remoteFacts } = session.dosing;
  if (!isWatchedFromAfar(protocol)) return null;
  return (
    <section className={styles.contacts} aria-label={words.name}>
      {remoteFacts === null ? (
        <p>{words.none}</p>
      ) : (
        <dl>
          {parts.map(([key, term]) => (
            <div key={key}>
              <dt>{term}</dt>
              <dd>
                <bdi>{remoteFacts[key]}</bdi>
              </dd>
            </div>
          ))}
          <div>
            <dt>{words.video}</dt>
            <dd>{remoteFacts.videoOn ? words.on : words.off}</dd>
          </div>
        </dl>
      )}
    </section>
  );
}
