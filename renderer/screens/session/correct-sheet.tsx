import { useState } from 'react';
import type { Mark, SessionSection } from '../../../shared/contract/room-board.ts';
import { Button } from '../../components/button.tsx';
import { ClinicalTimeField } from '../../components/clinical-time-field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { SheetForm } from '../../components/sheet-form.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { usePreview } from '../../live/use-preview.ts';
import { useCommand } from '../../live/use-command.ts';
import { sessionText } from '../../text/session.ts';
import { correctionActs, correctionOf, emptyCorrection, hasOwnTime, previewOf, type CorrectionDraft } from './correction.ts';
import { correctionEffect } from './dose-correction.ts';
import { useEntryInstant } from '../../components/use-entry-instant.ts';
import styles from './correct-sheet.module.css';

const words = sessionText.correct;

interface CorrectSheetProps {
  readonly session: SessionSection;
  readonly eventId: string;
  /** For an entry that is no mark of the timeline. */
  readonly entry?: Mark | undefined;
  readonly onClose: () => void;
}

/** One recorded entry: what it is, and the two ways to put it right. Both are entries of their own. */
export function CorrectSheet({ session, eventId, entry, onClose }: CorrectSheetProps) {
  const mark = session.marks.find((candidate) => candidate.eventId === eventId) ?? entry;
  return (
    <Sheet label={words.title} onClose={onClose}>
      {mark === undefined ? <Gone onClose={onClose} /> : <CorrectForm session={session} mark={mark} onClose={onClose} />}
    </Sheet>
  );
}

/** Somebody at another screen was faster. */
export function Gone({ onClose }: { readonly onClose: () => void }) {
  return (
    <div className={styles.gone}>
      <h2 className={styles.title}>{words.title}</h2>
      <p role="status">{words.gone}</p>
      <Button onPress={onClose} size="large">
        {words.back}
      </Button>
    </div>
  );
}

interface CorrectFormProps {
  readonly session: SessionSection;
  readonly mark: Mark;
  readonly onClose: () => void;
}

function CorrectForm({ session, mark, onClose }: CorrectFormProps) {
  const now = useEntryInstant();
  const [draft, setDraft] = useState<CorrectionDraft>(() => emptyCorrection(mark));
  const { run, state, dismiss } = useCommand();
  const correction = correctionOf(draft, mark, now);
  const saving = state.kind === 'saving';
  const change = (next: CorrectionDraft): void => {
    // A refusal is about what was sent, not about what is being typed now.
    if (state.kind === 'refused') dismiss();
    setDraft(next);
  };
  const confirm = draft.act === 'time' ? words.recordTime : words.recordUndo;
  return (
    <SheetForm
      title={words.title}
      words={words.words}
      cancel={words.back}
      onCancel={onClose}
      confirm={saving ? words.saving : confirm}
      waitsFor={correction.ok ? null : correction.waitsFor}
      busy={saving}
      onConfirm={() => {
        if (correction.ok) run(correction.command, { onRecorded: onClose });
      }}
      refusal={state.kind === 'refused' ? state.message : null}
    >
      <EntryFacts mark={mark} />
      {hasOwnTime(mark) ? (
        <Segmented
          label={words.act}
          value={draft.act}
          onChange={(act) => change({ ...draft, act })}
          options={correctionActs.map((act) => ({ value: act, label: words.acts[act] }))}
          size="large"
          className={styles.acts}
        />
      ) : (
        <p className={styles.quiet}>{words.untimed}</p>
      )}
      {draft.act === 'time' ? (
        <ClinicalTimeField draft={draft.time} onChange={(time) => change({ ...draft, time })} now={now} correcting={words} />
      ) : (
        <>
          <p className={styles.quiet}>{words.undoWords}</p>
          <TextField
            label={words.undoReason}
            value={draft.undoReason}
            onChange={(undoReason) => change({ ...draft, undoReason })}
            maxLength={300}
            hint={words.reasonHint}
          />
        </>
      )}
      <Effect session={session} mark={mark} draft={draft} />
    </SheetForm>
  );
}

export function EntryFacts({ mark }: { readonly mark: Mark }) {
  const clock = useClockTime();
  const entered = clock.second(mark.enteredMs);
  return (
    <dl className={styles.facts}>
      <div className={styles.fact}>
        <dt>{words.entry}</dt>
        <dd className={styles.entry}>{[mark.label, mark.detail].filter((part) => part !== null && part !== '').join(' · ')}</dd>
      </div>
      <div className={styles.fact}>
        <dt>{words.time}</dt>
        <dd>
          {clock.second(mark.atMs)}
          {mark.amendedFromMs === null ? null : (
            <span className={styles.amended}> · {sessionText.milestones.amended(clock.second(mark.amendedFromMs))}</span>
          )}
        </dd>
      </div>
      <div className={styles.fact}>
        <dt>{words.recorded}</dt>
        <dd>{mark.by === null ? words.byRoom(entered) : words.by(mark.by, entered)}</dd>
      </div>
    </dl>
  );
}

interface EffectProps {
  readonly session: SessionSection;
  readonly mark: Mark;
  readonly draft: CorrectionDraft;
}

/** What it does to the dose, said before it is confirmed. */
function Effect({ session, mark, draft }: EffectProps) {
  const now = useEntryInstant();
  const { minute } = useClockTime();
  const preview = usePreview(mark.kind === 'dose' ? previewOf(draft, mark, now) : null);
  if (preview === undefined || preview === null) return null;
  const { dose, refusal } = preview;
  const sentences = dose === null ? [refusal?.message ?? ''] : correctionEffect(session.dose, dose, now.utcMs, minute);
  return (
    <section className={styles.effect} aria-label={words.whatItDoes}>
      <h3 className={styles.heading}>{words.whatItDoes}</h3>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </section>
  );
}
