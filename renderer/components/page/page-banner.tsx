import { Fragment, type ReactNode } from 'react';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useCompact } from '../../live/use-media.ts';
import { useSeat } from '../../live/use-seat.ts';
import { useTheme } from '../../live/use-theme.ts';
import { pageText } from '../../text/page.ts';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { Icon } from '../icon.tsx';
import { Tag } from '../tag.tsx';
import { useClockTime } from '../use-clock-time.ts';
import styles from './page-banner.module.css';

interface PageBannerProps {
  /** What the page is about: the patient, or the room. */
  readonly children: ReactNode;
  /** Back to the home screen; missing on it. */
  readonly onHome?: () => void;
}

/** The top of every page: who or what it is about; the room, its clock, and who is signed in. */
export function PageBanner({ children, onHome }: PageBannerProps) {
  const room = useBoard((board) => board.room);
  const compact = useCompact();
  return (
    <header className={styles.banner}>
      {children}
      {room.demo ? <Tag kind="demo">{compact ? pageText.demoShort : pageText.demo}</Tag> : null}
      <div className={styles.side}>
        <span className={styles.room}>{room.name}</span>
        <RoomClock />
        <Who />
        <Tools onHome={onHome} />
      </div>
    </header>
  );
}

function RoomClock() {
  const nowMs = useServiceNow();
  const clock = useClockTime();
  return (
    <time className={styles.clock} aria-label={pageText.clock}>
      {clock.second(nowMs)}
    </time>
  );
}

function Who() {
  const askSignIn = useSignInRequest();
  const { people: here } = useSeat();
  const staff = useBoard((board) => board.staff);
  const compact = useCompact();
  const elsewhere = staff.people.filter(
    ({ personId }) => staff.present.includes(personId) && !here.some((one) => one.personId === personId),
  );
  return (
    <Button onPress={() => askSignIn()} className={styles.who}>
      <Icon name="person" size={22} />
      {here.length === 0 ? (
        <span className={styles.name}>{pageText.nobody}</span>
      ) : (
        <Names here={here} others={compact || here.length > 1 ? [] : elsewhere} />
      )}
      {here.length === 0 ? null : <span className="visually-hidden">{pageText.switchPerson}</span>}
    </Button>
  );
}

/** Those at this page, the one in front first; then who is signed in elsewhere in the room. */
function Names({ here, others }: { readonly here: readonly PersonView[]; readonly others: readonly PersonView[] }) {
  const [other] = others;
  return (
    <>
      {here.map(({ personId, name }, index) => (
        <Fragment key={personId}>
          {index === 0 ? null : <span className={styles.with}>{pageText.and}</span>}
          <span className={classNames(styles.name, index > 0 && styles.beside)}>{name}</span>
        </Fragment>
      ))}
      {other === undefined ? null : (
        <>
          <span className={styles.with}>{pageText.with}</span>
          <span className={styles.name}>{other.name}</span>
          {others.length > 1 ? <span className={styles.with}>+{others.length - 1}</span> : null}
        </>
      )}
    </>
  );
}

function Tools({ onHome }: { readonly onHome: (() => void) | undefined }) {
  const { theme, setTheme } = useTheme();
  const { people, cover } = useSeat();
  const other = theme === 'night' ? 'day' : 'night';
  return (
    <>
      {onHome === undefined ? null : (
        <Button size="square" kind="tool" onPress={onHome} label={pageText.home}>
          <Icon name="home" size={22} />
        </Button>
      )}
      <Button size="square" kind="tool" onPress={() => setTheme(other)} label={other === 'day' ? pageText.toDay : pageText.toNight}>
        <Icon name={other === 'day' ? 'sun' : 'moon'} size={22} />
      </Button>
      {people.length === 0 ? null : (
        <Button size="square" kind="tool" onPress={() => void cover().catch(() => undefined)} label={pageText.cover}>
          <Icon name="lock" size={22} />
        </Button>
      )}
    </>
  );
}
