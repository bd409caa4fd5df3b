import { useState } from 'react';
import { observationTextMax } from '../../../shared/clinical/observation.ts';
import type { ObservationView, SessionSection } from '../../../shared/contract/room-board.ts';
import { Button } from '../../components/button.tsx';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../components/act/refusal-of.ts';
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
import { useObservationSides } from '../../screens/session/line/observation-sides.tsx';
import styles from './correct-sheet.module.css';
import privateStyles from '../../screens/session/private-notes/private-sheet.module.css';

const words = observationText.correct;
const correctWords = sessionText.correct;

interface ObservationCorrectSheetProps {
  readonly session: SessionSection;
  readonly eventId: string;
  readonly onClose: () => void;
}

/** One observation: another time, other words, undone, or moved to where only its author reads it. */
export function ObservationCorrectSheet({ session, eventId, onClose }: ObservationCorrectSheetProps) {
  const observation = session.observations.find((candidate) => candidate.eventId === eventId);
  return (
    <Sheet label={correctWords.title} onClose={onClose}>
      {observation === undefined ? <Gone onClose={onClose} /> : <CorrectForm observation={observation} onClose={onClose} />}
    </Sheet>
  );
}

function CorrectForm({ observation, onClose }: { readonly observation: ObservationView; readonly onClose: () => void }) {
  const now = useEntryInstant();
  const { person } = useSeat();
  const { own } = useObservationSides();
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
      {isMine && own.side.open && observation.text !== '' ? <MoveToPrivate eventId={observation.eventId} onMoved={onClose} /> : null}
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

/** Says what it does and what it cannot undo, then asks once more. */
function MoveToPrivate({ eventId, onMoved }: { readonly eventId: string; readonly onMoved: () => void }) {
  const { own } = useObservationSides();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const privateWords = observationText.private;
  if (!asks) {
    return (
      <div className={privateStyles.acts}>
        <Button onPress={() => setAsks(true)}>{privateWords.toPrivate}</Button>
      </div>
    );
  }
  const move = (): void => {
    setBusy(true);
    own.moveObservation(eventId).then(onMoved, (error: unknown) => {
      setProblem(wordsOfFailure(error));
      setBusy(false);
    });
  };
  return (
    <div className={privateStyles.confirm}>
      <p>{privateWords.toPrivateWords}</p>
      {problem === null ? null : <RefusalNote words={problem} />}
      <Button onPress={() => setAsks(false)}>{privateWords.cancel}</Button>
      <Button onPress={move} isDisabled={busy}>
        {privateWords.toPrivateConfirm}
      </Button>
    </div>
  );
}
