import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { WhoMay } from '../../components/act/who-may.tsx';
import { startText } from '../../text/start.ts';
import { ReadBack, ReadBackRows } from '../../sheets/checks/read-back-form.tsx';
import { readBackLine, readBackList, type ReadBackRow } from '../../sheets/checks/read-back.ts';
import { CardWaits } from './card-waits.tsx';
import styles from './check-card.module.css';

/** Where the checklist sends somebody who taps "double-check". */
export const checkCardId = 'second-check';

/** What the second person reads aloud from the label and the pump, ticked one by one, and signs with their own PIN. */
export function CheckCard({ session }: { readonly session: SessionView | null }) {
  const words = startText.check;
  const clock = useClockTime();
  const entry = session?.checklist.find((one) => one.milestone === 'double_check') ?? null;
  const list = session === null ? null : readBackList(session, clock);
  const isAsked = session === null || entry !== null;
  const stale = session?.dosing.doubleCheck?.stale === true;
  const doneMs = stale ? null : (entry?.doneMs ?? null);
  return (
    <Card heading={words.heading} number={5} aside={doneMs === null ? words.aside : words.done(clock.minute(doneMs))}>
      <div id={checkCardId} tabIndex={-1} className={styles.body}>
        {!isAsked ? (
          <CardWaits>{words.notNeeded}</CardWaits>
        ) : session === null || list === null ? (
          <CardWaits>{words.waits}</CardWaits>
        ) : doneMs !== null ? (
          <Done session={session} list={list} />
        ) : (
          <>
            {stale ? <RefusalNote words={words.orderChanged} /> : null}
            <WhoMay asked={{ type: 'confirm-double-check' }}>
              <ReadBack key={readBackLine(list)} list={list} route={session.dosing.protocol.route} />
            </WhoMay>
          </>
        )}
      </div>
    </Card>
  );
}

function Done({ session, list }: { readonly session: SessionView; readonly list: readonly ReadBackRow[] }) {
  const witness = session.dosing.doubleCheck?.witness ?? null;
  return (
    <>
      <ReadBackRows list={list} ticked={new Set(list.map(({ key }) => key))} />
      {witness === null ? null : (
        <p className={styles.signed}>
          <Icon name="check" size={22} /> {startText.check.doneBy(witness)}
        </p>
      )}
    </>
  );
}
