import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import type { DueItem } from '../../../../shared/contract/session-view/plan.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { classNames } from '../../../components/class-names.ts';
import { Icon, type IconName } from '../../../components/icon.tsx';
import { Panel } from '../../../components/panel.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { useServiceNow } from '../../../live/room-context.tsx';
import { useCommand } from '../../../live/use-command.ts';
import { useCompact } from '../../../live/use-media.ts';
import { missedText } from '../../../text/missed.ts';
import { sessionText } from '../../../text/session.ts';
import { nextRows, type NextRow } from './next-rows.ts';
import type { DoseActionType, SessionSheet } from '../session-sheet.ts';
import styles from './next-panel.module.css';

const words = sessionText.next;

interface NextPanelProps {
  readonly session: SessionView;
  readonly onSheet: (sheet: SessionSheet) => void;
}

/** What the clock, a person or a restart waits for. It does not grow, move or change colour as time goes by. */
export function NextPanel({ session, onSheet }: NextPanelProps) {
  const nowMs = useServiceNow();
  const { minute } = useClockTime();
  const rows = nextRows(session, { nowMs, minute });
  return (
    <Panel heading={words.heading} aside={words.aside} className={classNames(styles.panel, rows.length > 0 && styles.filled)}>
      {rows.length === 0 ? <p className={styles.quiet}>{words.nothing}</p> : null}
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.key} data-tone={row.tone}>
            <Row row={row} session={session} onSheet={onSheet} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Row({ row, session, onSheet }: NextPanelProps & { readonly row: NextRow }) {
  if (row.item.kind === 'pump' && row.tone === 'due') return <PumpRow row={row} />;
  if (row.item.kind === 'stop-request' && row.tone === 'due') return <StopRow row={row} session={session} onSheet={onSheet} />;
  const sheet = sheetOf(row);
  if (sheet === null)
    return (
      <div className={classNames(styles.row, styles[row.tone])}>
        <Cells row={row} />
      </div>
    );
  const open = (
    <button type="button" className={classNames(styles.row, styles[row.tone])} onClick={() => onSheet(sheet)}>
      <Cells row={row} />
    </button>
  );
  if (row.item.state !== 'past-due' && row.item.passed !== true) return open;
  const { label } = row.item;
  const { slotKeys } = row;
  return (
    <div className={styles.late}>
      {open}
      <button
        type="button"
        className={styles.missed}
        aria-label={missedText.buttonLabel(label)}
        onClick={() => onSheet({ kind: 'missed', slotKeys, label })}
      >
        {missedText.button}
      </button>
    </div>
  );
}

function Cells({ row }: { readonly row: NextRow }) {
  const compact = useCompact();
  return (
    <>
      <Icon name={row.tone === 'done' ? 'check' : iconOf(row.item)} size={22} className={styles.icon} />
      <span className={styles.words}>
        <span className={styles.name}>{row.name}</span>
        <span className={styles.detail}>{compact ? row.detailShort : row.detail}</span>
      </span>
      <span className={styles.right}>
        <span className={styles.countdown}>{row.right}</span>
        {row.rightSmall === null ? null : <span className={styles.small}>{row.rightSmall}</span>}
      </span>
    </>
  );
}

/** Vigil was not running for a while: only the nurse can say what the pump did meanwhile. */
function PumpRow({ row }: { readonly row: NextRow }) {
  const { run, state } = useCommand();
  return (
    <div className={styles.asked}>
      <div className={styles.askedHead}>
        <Cells row={row} />
      </div>
      <div className={styles.answers}>
        {([true, false] as const).map((running) => (
          <button
            key={String(running)}
            type="button"
            aria-disabled={state.kind === 'saving'}
            onClick={() => run({ type: 'confirm-pump', running })}
          >
            {state.kind === 'saving' ? sessionText.milestones.saving : running ? words.pumpRunning : words.pumpStopped}
          </button>
        ))}
      </div>
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
    </div>
  );
}

/** What answers the wish to stop, in words of its own at a pump; `as offered`: in those of its button. null: nothing that answers it. */
const answers: Readonly<Record<DoseActionType, { readonly atPump: string } | 'as offered' | null>> = {
  'pause-dose': { atPump: words.pause },
  'stop-dose-early': { atPump: words.stop },
  'expel-lozenge': 'as offered',
  'start-dose': null,
  'resume-dose': null,
  'change-rate': null,
  'complete-dose': null,
  'give-bolus': null,
  'change-bag': null,
  'give-injection': null,
  'give-device': null,
  'place-lozenge': null,
};

/** The patient wants to stop: what the nurse can do about it is right here. */
function StopRow({ row, session, onSheet }: NextPanelProps & { readonly row: NextRow }) {
  const isPump = session.dosing.protocol.route === 'iv';
  // What goes in whole has its own words for it: "No further device".
  const possible = session.actions.flatMap(({ action: { type }, label }) => {
    if (type === 'milestone' || type === 'tap' || type === 'end-session') return [];
    const answer = answers[type];
    if (answer === null) return [];
    return [{ type, label: isPump && answer !== 'as offered' ? answer.atPump : label }];
  });
  return (
    <div className={styles.asked}>
      <div className={styles.askedHead}>
        <Cells row={row} />
      </div>
      {possible.length === 0 ? null : (
        <div className={styles.answers}>
          {possible.map(({ type, label }) => (
            <button key={type} type="button" onClick={() => onSheet({ kind: 'dose', action: type })}>
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function sheetOf(row: NextRow): SessionSheet | null {
  if (row.tone === 'done' || row.tone === 'predicted') return null;
  const { kind, instrument } = row.item;
  if (kind === 'rating' && instrument !== null) return { kind: 'rating', instrument, ratingId: row.ratingId };
  if (kind === 'bag') return { kind: 'dose', action: 'complete-dose' };
  if (kind === 'nibp') return { kind: 'vitals' };
  return kind === 'milestone' ? { kind: 'milestones' } : null;
}

function iconOf({ kind, instrument }: DueItem): IconName {
  if (kind === 'nibp') return 'cuff';
  if (kind === 'predicted' || kind === 'milestone') return 'flag';
  if (kind === 'pump' || kind === 'bag') return 'pump';
  if (kind === 'stop-request') return 'hand';
  return instrument === null ? 'list' : instruments[instrument].timeline.symbol;
}
