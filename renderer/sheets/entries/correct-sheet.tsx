import { useState } from 'react';
import type { Mark } from '../../../shared/contract/session-view/entries.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../components/button.tsx';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { usePreview } from '../../live/use-preview.ts';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { AskedFirst } from '../../components/act/who-may.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { doubtsText } from '../../text/doubts.ts';
import { sessionText } from '../../text/session.ts';
import {
  correctionActs,
  correctionOf,
  emptyCorrection,
  hasOwnTime,
  previewOf,
  type CorrectionAct,
  type CorrectionDraft,
  type RecordedFigures,
} from './correction.ts';
import { CorrectWhatFields } from './correct-what-fields.tsx';
import { whatOfEntry, type WhatDraft } from './correction-what.ts';
import { correctionEffect } from './dose-correction.ts';
import { markOfValues } from '../../components/recorded-marks.ts';
import { useEntryInstant } from '../../components/act/use-entry-instant.ts';
import { isolated } from '../../../shared/values/isolated.ts';
import styles from './correct-sheet.module.css';

const words = sessionText.correct;

interface CorrectSheetProps {
  readonly session: SessionView;
  readonly eventId: string;
  /** For an entry that is no mark of the timeline. */
  readonly entry?: Mark | undefined;
  readonly onClose: () => void;
}

/** One recorded entry: what it is, and the two ways to put it right. Both are entries of their own. */
export function CorrectSheet({ session, eventId, entry, onClose }: CorrectSheetProps) {
  const mark = session.marks.find((candidate) => candidate.eventId === eventId) ?? markOfValues(session, eventId) ?? entry;
  return (
    <AskedFirst asked={{ type: 'undo', ...(mark?.clinical === true ? { ofClinical: true } : {}) }} onClose={onClose}>
      <Sheet label={words.title} onClose={onClose}>
        {mark === undefined ? <Gone onClose={onClose} /> : <CorrectForm session={session} mark={mark} onClose={onClose} />}
      </Sheet>
    </AskedFirst>
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
  readonly session: SessionView;
  readonly mark: Mark;
  readonly onClose: () => void;
}

function CorrectForm({ session, mark, onClose }: CorrectFormProps) {
  const now = useEntryInstant();
  const temperature = useBoard((board) => board.room.formats.temperature);
  const what = whatOfEntry(session, mark.eventId, temperature);
  const recorded = what === null ? null : { what, temperature };
  const [draft, change] = useState<CorrectionDraft>(() => emptyCorrection(mark, recorded));
  const correction = correctionOf(draft, mark, now, recorded);
  const act = useAct(correction.ok ? correction.command : null, onClose);
  const record = { time: words.recordTime, what: words.recordWhat, undo: words.recordUndo }[draft.act];
  return (
    <SheetForm
      title={words.title}
      words={words.words}
      cancel={words.back}
      onCancel={onClose}
      confirm={act.busy ? words.saving : act.asks === null ? record : doubtsText.record(act.asks.doubts.length)}
      waitsFor={correction.ok ? act.waits : correction.waitsFor}
      busy={act.busy}
      onConfirm={act.send}
      refusal={null}
    >
      <EntryFacts mark={mark} />
      {hasOwnTime(mark) ? (
        <Segmented
          label={words.act}
          value={draft.act}
          onChange={(chosen) => change({ ...draft, act: chosen })}
          options={actOptions(what)}
          size="large"
          className={styles.acts}
        />
      ) : (
        <p className={styles.quiet}>{words.untimed}</p>
      )}
      <ActFields draft={draft} change={change} now={now} />
      <Effect session={session} mark={mark} recorded={recorded} draft={draft} />
      <DoubtsForm act={act} />
    </SheetForm>
  );
}

interface ActOption {
  readonly value: CorrectionAct;
  readonly label: string;
}

/** What of it can be wrong: of an entry with figures those, too. */
function actOptions(what: WhatDraft | null): readonly ActOption[] {
  return correctionActs.flatMap((value): readonly ActOption[] => {
    if (value !== 'what') return [{ value, label: words.acts[value] }];
    return what === null ? [] : [{ value, label: words.whatActs[what.of] }];
  });
}

interface ActFieldsProps {
  readonly draft: CorrectionDraft;
  readonly change: (draft: CorrectionDraft) => void;
  readonly now: ReturnType<typeof useEntryInstant>;
}

function ActFields({ draft, change, now }: ActFieldsProps) {
  switch (draft.act) {
    case 'time':
      return <ClinicalTimeField draft={draft.time} onChange={(time) => change({ ...draft, time })} now={now} correcting={words} />;
    case 'what':
      return (
        <>
          {draft.what === undefined ? null : <CorrectWhatFields draft={draft.what} onChange={(what) => change({ ...draft, what })} />}
          <TextField
            label={words.reason}
            value={draft.whatReason ?? ''}
            onChange={(whatReason) => change({ ...draft, whatReason })}
            maxLength={300}
            hint={words.reasonHint}
          />
        </>
      );
    case 'undo':
      return (
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
      );
  }
}

export function EntryFacts({ mark }: { readonly mark: Mark }) {
  const clock = useClockTime();
  const entered = clock.second(mark.enteredMs);
  return (
    <dl className={styles.facts}>
      <div className={styles.fact}>
        <dt>{words.entry}</dt>
        <dd className={styles.entry}>
          {[mark.label, mark.detail].flatMap((part) => (part === null || part === '' ? [] : [isolated(part)])).join(' · ')}
        </dd>
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
  readonly session: SessionView;
  readonly mark: Mark;
  readonly recorded: RecordedFigures | null;
  readonly draft: CorrectionDraft;
}

/** What it does to the dose, said before it is confirmed. */
function Effect({ session, mark, recorded, draft }: EffectProps) {
  const now = useEntryInstant();
  const { minute } = useClockTime();
  const preview = usePreview(mark.kind === 'dose' || recorded?.what.of === 'administration' ? previewOf(draft, mark, now, recorded) : null);
  if (preview === undefined || preview === null) return null;
  const { dose, refusal } = preview;
  const isOpenAgain = session.endedMs === null && session.dose.startedMs !== null && dose?.startedMs === null;
  const sentences =
    dose === null
      ? [refusal?.message ?? '']
      : [...correctionEffect(session.dose, dose, now.utcMs, minute), ...(isOpenAgain ? [words.effect.again] : [])];
  return (
    <section className={styles.effect} aria-label={words.whatItDoes}>
      <h3 className={styles.heading}>{words.whatItDoes}</h3>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </section>
  );
}
