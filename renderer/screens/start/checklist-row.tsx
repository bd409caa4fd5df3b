import { useState } from 'react';
import { isCheck, milestones, type MilestoneKey, type RecordedBy } from '../../../shared/clinical/milestone.ts';
import type { Mark } from '../../../shared/contract/session-view/entries.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { Button } from '../../components/button.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { FieldsOf } from '../../components/act/fitting.tsx';
import { Icon } from '../../components/icon.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { Subscript } from '../../components/subscript.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { reasonProblem } from '../../components/fields/typed-reason.ts';
import { useAct } from '../../components/act/use-act.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { WhoMay } from '../../components/act/who-may.tsx';
import { useSend } from '../../components/act/use-send.ts';
import { useBoard } from '../../live/room-context.tsx';
import { useWhoMay } from '../../live/use-who-may.ts';
import { startText } from '../../text/start.ts';
import { baselineWords } from './baseline-words.ts';
import { GoNoGoRow } from './go-no-go-row.tsx';
import { checkCardId } from './check-card.tsx';
import { RecordButton } from '../../components/act/record-button.tsx';
import styles from './checklist-card.module.css';

type Entry = SessionView['checklist'][number];

interface ChecklistRowProps {
  readonly session: SessionView;
  readonly entry: Entry;
  readonly onRate: (instrument: InstrumentId) => void;
  readonly onVitals: () => void;
}

const baselineInstrument: InstrumentId = 'cadss-23';

export function ChecklistRow({ session, entry, onRate, onVitals }: ChecklistRowProps) {
  const [open, setOpen] = useState(false);
  if (entry.milestone === 'go_no_go' && session.dose.startedMs === null) return <AnsweredRow session={session} entry={entry} />;
  if (entry.doneMs !== null) return <DoneRow session={session} entry={entry} doneMs={entry.doneMs} />;
  if (open) return <DetailRow entry={entry} onClose={() => setOpen(false)} />;
  return <OpenRow session={session} entry={entry} onRate={onRate} onVitals={onVitals} onDetail={() => setOpen(true)} />;
}

/** Its figures stay in sight, and it can be answered again: a figure that has come since may say otherwise. */
function AnsweredRow({ session, entry }: Pick<ChecklistRowProps, 'session' | 'entry'>) {
  return (
    <li className={styles.item} data-open={entry.doneMs === null ? 'optional' : undefined}>
      {entry.doneMs === null ? (
        <div className={styles.openRow}>
          <span className={styles.tick}>
            <span className={styles.box} />
            <span className={styles.label}>
              <strong>{entry.label}</strong>
              <span>{startText.hint.goNoGo}</span>
            </span>
          </span>
        </div>
      ) : (
        <DoneLine session={session} entry={entry} doneMs={entry.doneMs} />
      )}
      <GoNoGoRow session={session} decided={entry.doneMs === null ? null : { words: entry.detail, atMs: entry.doneMs }} />
    </li>
  );
}

function OpenRow({ session, entry, onRate, onVitals, onDetail }: ChecklistRowProps & { readonly onDetail: () => void }) {
  const words = startText.checklist;
  const send = useSend();
  const isSomebodys = useWhoMay();
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const baseline = useBoard((board) => (entry.milestone === 'baseline_vitals' ? baselineWords(board.vitals, session) : null));
  // Nothing is live, or what is live is no baseline: the way to type it stands in the row.
  const byHand = entry.milestone === 'baseline_vitals' && (baseline === null || failure !== null);
  const hint = byHand ? words.noFigures : hintOf(session, entry.milestone);
  const tap = (): void => {
    if (saving) return;
    // Recorded in a card of its own.
    if (isCheck(entry.milestone)) return goTo(entry.milestone);
    if (!isSomebodys({ type: 'reach-milestone', milestone: entry.milestone })) return;
    // Who drives home, what was eaten, where the line is: asked for before it is recorded.
    if (milestones[entry.milestone].example !== null) return onDetail();
    setSaving(true);
    setFailure(null);
    const command = { type: 'reach-milestone', milestone: entry.milestone } as const;
    void send(baseline === null ? command : { ...command, detail: baseline }).then((outcome) => {
      setSaving(false);
      if (!outcome.ok) setFailure(outcome.words);
    });
  };
  return (
    <li className={styles.item} data-open={entry.required ? 'required' : 'optional'}>
      <div className={styles.openRow} data-required={entry.required} data-saving={saving}>
        <button type="button" className={styles.tick} onClick={tap}>
          <span className={styles.box} />
          <span className={styles.label}>
            <strong>{entry.label}</strong>
            {saving ? <span>{words.saving}</span> : hint === '' ? null : <span>{baseline ?? hint}</span>}
          </span>
          {entry.required ? <span className={styles.required}>{entry.stop === true ? words.stop : words.required}</span> : null}
        </button>
        {entry.milestone === 'baseline_dissociation' ? (
          <Button onPress={() => onRate(baselineInstrument)}>{words.rate('CADSS-23')}</Button>
        ) : null}
        {byHand ? <Button onPress={onVitals}>{words.byHand}</Button> : null}
      </div>
      {failure === null ? null : <RefusalNote words={failure} />}
    </li>
  );
}

/** What this screen knows of it, else the protocol's own words, which come with what can be recorded now. */
function hintOf(session: SessionView, milestone: MilestoneKey): string {
  const words = startText.hint;
  if (isCheck(milestone)) return words.check[milestone];
  if (milestone === 'go_no_go') return words.goNoGo;
  if (milestone === 'baseline_vitals') return words.baselineVitals;
  return session.actions.find(({ action }) => action.type === 'milestone' && action.milestone === milestone)?.hint ?? '';
}

function goTo(milestone: RecordedBy<'check'>): void {
  const target =
    milestone === 'double_check' ? document.getElementById(checkCardId) : document.querySelector<HTMLElement>('[data-identifier="open"]');
  target?.scrollIntoView({ block: 'nearest' });
  target?.focus();
}

function DetailRow({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) {
  const words = startText.checklist;
  const [detail, setDetail] = useState('');
  const command = { type: 'reach-milestone', milestone: entry.milestone } as const;
  const act = useAct(detail.trim() === '' ? command : { ...command, detail: detail.trim() }, () => undefined);
  return (
    <li className={styles.item}>
      <form
        className={styles.detail}
        onSubmit={(event) => {
          event.preventDefault();
          act.send();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      >
        <FieldsOf fitting={act.fitting}>
          <TextField
            label={words.withDetail(entry.label)}
            value={detail}
            onChange={setDetail}
            hint={milestones[entry.milestone].example ?? undefined}
            maxLength={300}
            autoFocus
            onEnter={act.send}
          />
        </FieldsOf>
        <DoubtsForm act={act} />
        <div className={styles.detailButtons}>
          <Button onPress={onClose}>{words.cancel}</Button>
          <RecordButton label={act.busy ? words.saving : (act.waits ?? words.record)} isDisabled={act.busy || act.waits !== null} />
        </div>
      </form>
    </li>
  );
}

interface DoneProps {
  readonly session: SessionView;
  readonly entry: Entry;
  readonly doneMs: number;
}

function DoneRow(props: DoneProps) {
  return (
    <li className={styles.item}>
      <DoneLine {...props} />
    </li>
  );
}

function DoneLine({ session, entry, doneMs }: DoneProps) {
  const words = startText.checklist;
  const clock = useClockTime();
  const mark = session.marks.findLast((candidate) => candidate.milestone === entry.milestone);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <div className={styles.doneRow}>
        <Icon name="check" size={20} />
        <span className={styles.done}>
          {entry.label}
          {entry.detail === null ? null : (
            <span>
              {' · '}
              <Subscript>{entry.detail}</Subscript>
            </span>
          )}
        </span>
        <span className={styles.time}>{clock.minute(doneMs)}</span>
        {mark === undefined || session.dose.startedMs !== null ? null : (
          <button
            type="button"
            className={styles.undo}
            aria-label={words.undoOf(entry.label)}
            aria-expanded={asked}
            onClick={() => setAsked(!asked)}
          >
            {words.undo}
          </button>
        )}
      </div>
      {asked && mark !== undefined ? <TakeBack mark={mark} onClose={() => setAsked(false)} /> : null}
    </>
  );
}

/** Taking back is an entry of its own: the tick stays in the record, and so does the reason. */
function TakeBack({ mark, onClose }: { readonly mark: Mark; readonly onClose: () => void }) {
  return (
    <div className={styles.detail}>
      <WhoMay asked={{ type: 'undo', ...(mark.clinical === true ? { ofClinical: true } : {}) }}>
        <TakeBackForm eventId={mark.eventId} onClose={onClose} />
      </WhoMay>
    </div>
  );
}

function TakeBackForm({ eventId, onClose }: { readonly eventId: string; readonly onClose: () => void }) {
  const words = startText.checklist;
  const [typed, setTyped] = useState('');
  const problem = reasonProblem(typed);
  const reason = typed.trim();
  const act = useAct(problem === undefined ? { type: 'undo', eventId, ...(reason === '' ? {} : { reason }) } : null, onClose);
  return (
    <>
      <FieldsOf fitting={act.fitting}>
        <TextField
          label={words.takeBackReason}
          value={typed}
          onChange={setTyped}
          problem={problem}
          maxLength={300}
          autoFocus
          onEnter={act.send}
        />
      </FieldsOf>
      <DoubtsForm act={act} />
      <div className={styles.detailButtons}>
        <Button onPress={onClose}>{words.cancel}</Button>
        <Button onPress={act.send}>{act.busy ? words.saving : (act.waits ?? words.takeBack)}</Button>
      </div>
    </>
  );
}
