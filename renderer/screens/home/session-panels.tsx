import { useState } from 'react';
import type { SessionSummary } from '../../../shared/contract/room-contract.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { ReadFailed, type ReadFailedProps } from '../../components/act/read-failed.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard } from '../../live/room-context.tsx';
import { homeText } from '../../text/home.ts';
import { earlierRecords, namedLike, sessionsToday, type ListState } from './session-lists.ts';
import { UnsignedRecords } from './unsigned-records.tsx';
import styles from './home-screen.module.css';
import sessionPanelsStyles from './session-panels.module.css';

interface SessionPanelsProps {
  readonly state: ListState;
  /** The read of them. */
  readonly failed: ReadFailedProps['of'];
  readonly sessions: readonly SessionSummary[];
  readonly onSignIn: () => void;
  readonly onReturn: () => void;
  readonly onStart: () => void;
  readonly onOpenRecord: (sessionId: SessionId) => void;
  readonly onSign: (sessionId: SessionId) => void;
}

/** So many are listed; older ones are found by name. */
const earlierShownMax = 20;

export function SessionPanels({ state, failed, sessions, onSignIn, ...open }: SessionPanelsProps) {
  // The calendar day is all that matters here: a second's tick must not draw the lists again.
  const today = useBoard((board) => Math.floor(board.clock.now.utcMs / 60_000) * 60_000);
  const offsetMin = useBoard((board) => board.clock.now.offsetMin);
  const [typed, setTyped] = useState('');
  const now = { utcMs: today, offsetMin };
  const todays = sessionsToday(sessions, now);
  const earlier = earlierRecords(sessions, now);
  const found = namedLike(earlier, typed);
  const shown = found.slice(0, earlierShownMax);
  return (
    <Card heading={homeText.today.heading} aside={homeText.today.order} className={sessionPanelsStyles.lists}>
      {state === 'failed' ? <ReadFailed of={failed} words={homeText.list.failed} /> : null}
      {state === 'signed-out' ? (
        <div className={sessionPanelsStyles.empty}>
          <strong>{homeText.list.signedOut}</strong>
          <span>{homeText.list.signedOutWords}</span>
          <span>
            <Button onPress={onSignIn}>{homeText.list.signIn}</Button>
          </span>
        </div>
      ) : null}
      {state === 'not-theirs' ? <Empty title={homeText.list.notTheirs} words={homeText.list.signedOutWords} /> : null}
      {state === 'loading' ? <p className={styles.quiet}>{homeText.list.loading}</p> : null}
      {state !== 'ready' ? null : todays.length === 0 ? (
        <Empty title={homeText.today.empty} words={homeText.today.emptyWords} />
      ) : (
        <ul className={sessionPanelsStyles.rows}>
          {todays.map((session) => (
            <SessionRow key={session.sessionId} session={session} withDay={false} {...open} />
          ))}
        </ul>
      )}
      {state === 'ready' ? <UnsignedRecords sessions={sessions} onSign={open.onSign} /> : null}
      {state === 'loading' || state === 'ready' ? (
        <header className={sessionPanelsStyles.second}>
          <h2>{homeText.earlier.heading}</h2>
          <span>{homeText.earlier.order}</span>
        </header>
      ) : null}
      {earlier.length > 5 ? <TextField label={homeText.list.find} value={typed} onChange={setTyped} maxLength={80} /> : null}
      {state !== 'ready' ? null : earlier.length === 0 ? (
        <Empty title={homeText.earlier.empty} words={homeText.earlier.emptyWords} />
      ) : (
        <ul className={sessionPanelsStyles.rows}>
          {shown.map((session) => (
            <SessionRow key={session.sessionId} session={session} withDay {...open} />
          ))}
          {found.length === 0 ? <li className={sessionPanelsStyles.more}>{homeText.list.findEmpty}</li> : null}
          {found.length > shown.length ? (
            <li className={sessionPanelsStyles.more}>{homeText.list.more(found.length - shown.length)}</li>
          ) : null}
        </ul>
      )}
    </Card>
  );
}

function Empty({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <div className={sessionPanelsStyles.empty}>
      <strong>{title}</strong>
      <span>{words}</span>
    </div>
  );
}

interface SessionRowProps extends Pick<SessionPanelsProps, 'onReturn' | 'onStart' | 'onOpenRecord'> {
  readonly session: SessionSummary;
  readonly withDay: boolean;
}

function SessionRow({ session, withDay, onReturn, onStart, onOpenRecord }: SessionRowProps) {
  const clock = useClockTime();
  const here = useBoard((board) => board.session?.sessionId) === session.sessionId && session.state === 'open';
  const [first, second] = stateWords(session, clock);
  const words = homeText.list;
  const course = session.course === null ? [] : [homeText.room.course(session.course.number, session.course.of)];
  const open = (): void => {
    if (!here) onOpenRecord(session.sessionId);
    else if (session.startedMs === null) onStart();
    else onReturn();
  };
  const when = withDay ? clock.day(session.openedMs) : clock.minute(session.openedMs);
  return (
    <li className={sessionPanelsStyles.row}>
      <span className={sessionPanelsStyles.when} data-day={withDay}>
        {when}
      </span>
      <span className={sessionPanelsStyles.who}>
        <strong>{words.patient(session.patientName)}</strong>
        <span>{[session.protocolName ?? [], ...course].flat().join(' · ')}</span>
      </span>
      <span className={sessionPanelsStyles.state}>
        <strong>{first}</strong>
        <span>{second}</span>
      </span>
      {session.state === 'unreadable' ? null : (
        <Button wide onPress={open} label={here ? homeText.room.back : words.openRecordOf(session.patientName, when)}>
          {here ? words.returnTo : words.openRecord}
        </Button>
      )}
    </li>
  );
}

function stateWords(session: SessionSummary, clock: ClockTime): readonly [string, string] {
  const words = homeText.list;
  if (session.signed === null) return [words.unreadable, words.unreadableWords];
  const started = session.startedMs === null ? null : words.infusion(clock.minute(session.startedMs));
  if (session.state === 'open') return [session.startedMs === null ? words.preparing : words.running, started ?? ''];
  const ended = session.endedMs === null ? '' : words.ended(clock.minute(session.endedMs));
  const signed = words.signedAs[session.signed.status](session.signed.version);
  return started === null ? [words.endedUnstarted, `${ended} · ${signed}`] : [`${ended} · ${signed}`, started];
}
