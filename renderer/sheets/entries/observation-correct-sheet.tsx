import { useState } from 'react';
import { observationTextMax } from '../../../shared/clinical/observation.ts';
import type { ObservationView } from '../../../shared/contract/session-view/observations.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { AskedTwice } from '../../components/act/asked-twice.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useEntryInstant } from '../../components/act/use-entry-instant.ts';
import { useCommand } from '../../live/use-command.ts';
import { useSeat } from '../../live/use-seat.ts';
import { observationText } from '../../text/observation.ts';
import { sessionText } from '../../text/session.ts';
import { EntryFacts, Gone } from './correct-sheet.tsx';
import {
  emptyObservationCorrection,
  markOfObservation,
  observationActs,
  observationCorrectionOf,
  type ObservationCorrectionDraft,
} from './observation-correction.ts';
import styles from './correct-sheet.module.css';

const words = observationText.correct;
const correctWords = sessionText.correct;
const privateWords = observationText.private;

interface ObservationCorrectSheetProps {
  readonly session: SessionView;
  readonly eventId: string;
  /** To where only its author reads it; null where that side is closed, or not here. Rejects with the refusal. */
  readonly moveToPrivate?: ((eventId: string) => Promise<void>) | null;
  readonly onClose: () => void;
}

/** One observation: another time, other words, undone, or moved to where only its author reads it. */
export function ObservationCorrectSheet({ session, eventId, moveToPrivate = null, onClose }: ObservationCorrectSheetProps) {
  const observation = session.observations.find((candidate) => candidate.eventId === eventId);
  return (
    <Sheet label={correctWords.title} onClose={onClose}>
      {observation === undefined ? (
        <Gone onClose={onClose} />
      ) : (
        <CorrectForm observation={observation} moveToPrivate={moveToPrivate} onClose={onClose} />
      )}
    </Sheet>
  );
}

interface CorrectFormProps extends Required<Pick<ObservationCorrectSheetProps, 'moveToPrivate' | 'onClose'>> {
  readonly observation: ObservationView;
}

function CorrectForm({ observation, moveToPrivate, onClose }: CorrectFormProps) {
  const now = useEntryInstant();
  const { person } = useSeat();
  const { run, state } = useCommand();
  const [draft, change] = useState<ObservationCorrectionDraft>(() => emptyObservationCorrection(observation));
  const isMine = person !== null && person.personId === observation.authorId;
  const correction = observationCorrectionOf(draft, observation, now);
  const saving = state.kind === 'saving';
  const confirm = { time: correctWords.recordTime, words: words.record, undo: correctWords.recordUndo }[draft.act];
  return (
    <SheetForm
      title={correctWords.title}
      words={correctWords.words}
      cancel={correctWords.back}
      onCancel={onClose}
      confirm={saving ? correctWords.saving : confirm}
      waitsFor={correction.ok ? null : correction.waitsFor}
      busy={saving}
      onConfirm={() => {
        if (correction.ok) run(correction.command, { onRecorded: onClose });
      }}
      refusal={state.kind === 'refused' ? state.message : null}
    >
      <EntryFacts mark={markOfObservation(observation)} />
      <Segmented
        label={correctWords.act}
        value={draft.act}
        onChange={(act) => change({ ...draft, act })}
        options={observationActs.map((act) => ({ value: act, label: words.acts[act] }))}
        size="large"
        className={styles.acts}
      />
      <ActFields draft={draft} change={change} isMine={isMine} now={now} />
      {isMine && moveToPrivate !== null && observation.text !== '' ? (
        <AskedTwice
          words={{
            ask: privateWords.toPrivate,
            says: privateWords.toPrivateWords,
            back: privateWords.cancel,
            confirm: privateWords.toPrivateConfirm,
          }}
          act={() => moveToPrivate(observation.eventId)}
          onDone={onClose}
        />
      ) : null}
    </SheetForm>
  );
}

interface ActFieldsProps {
  readonly draft: ObservationCorrectionDraft;
  readonly change: (draft: ObservationCorrectionDraft) => void;
  readonly isMine: boolean;
  readonly now: ReturnType<typeof useEntryInstant>;
}

function ActFields({ draft, change, isMine, now }: ActFieldsProps) {
  switch (draft.act) {
    case 'time':
      return <ClinicalTimeField draft={draft.time} onChange={(time) => change({ ...draft, time })} now={now} correcting={correctWords} />;
    case 'words':
      if (!isMine) return <p className={styles.quiet}>{words.notYours}</p>;
      return (
        <>
          <TextField
            label={words.text}
            value={draft.text}
            onChange={(text) => change({ ...draft, text })}
            maxLength={observationTextMax}
            hint={words.chips}
          />
          <TextField
            label={words.reason}
            value={draft.amendReason}
            onChange={(amendReason) => change({ ...draft, amendReason })}
            maxLength={300}
            hint={correctWords.reasonHint}
          />
        </>
      );
    case 'undo':
      return (
        <>
          <p className={styles.quiet}>{correctWords.undoWords}</p>
          <TextField
            label={correctWords.undoReason}
            value={draft.undoReason}
            onChange={(undoReason) => change({ ...draft, undoReason })}
            maxLength={300}
            hint={correctWords.reasonHint}
          />
        </>
      );
  }
}
