import { useState } from 'react';
import type { TimedTap } from '../../../shared/contract/commands/timed-taps.ts';
import { hasWords } from '../../../shared/contract/doubt.ts';
import { clinicalTimeOf, nowDraft, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { doubtsText } from '../../text/doubts.ts';
import { sessionText } from '../../text/session.ts';
import { milestones } from '../../../shared/clinical/milestone.ts';
import { useEntryInstant } from '../../components/act/use-entry-instant.ts';

const words = sessionText.anotherTime;

interface AnotherTimeSheetProps {
  readonly command: TimedTap;
  readonly label: string;
  /** Opened by the tap itself, because a tap alone would not say enough: the time is that of the tap unless another is chosen. */
  readonly asked?: boolean;
  readonly onClose: () => void;
}

/** A tap for what has already happened, or a milestone that asks for words: when, what there is to say, and what is doubtful about it. */
export function AnotherTimeSheet({ command, label, asked = false, onClose }: AnotherTimeSheetProps) {
  const now = useEntryInstant();
  const [draft, setDraft] = useState<ClinicalTimeDraft>(asked ? nowDraft : { typed: '', reason: '' });
  const [detail, setDetail] = useState('');
  const [told, setTold] = useState('');
  const time = clinicalTimeOf(draft, now);
  const milestone = command.type === 'reach-milestone' ? command.milestone : null;
  const isReview = milestone === 'bp_review';
  const missing = isReview && !(hasWords(told) && hasWords(detail)) ? words.waitsReview : null;
  const act = useAct(
    !time.ok || missing !== null
      ? null
      : {
          ...command,
          ...(time.at === undefined ? {} : { at: time.at }),
          ...(detail.trim() === '' ? {} : { detail: detail.trim() }),
          ...(isReview ? { told: told.trim() } : {}),
        },
    onClose,
  );
  const title = asked ? label : words.title(label);
  return (
    <Sheet label={title} onClose={onClose}>
      <SheetForm
        title={title}
        words={asked ? words.askedWords : words.words}
        cancel={words.cancel}
        onCancel={onClose}
        confirm={act.busy ? words.saving : act.asks === null ? words.record : doubtsText.record(act.asks.doubts.length)}
        waitsFor={missing ?? (time.ok ? act.waits : time.problem)}
        busy={act.busy}
        onConfirm={act.send}
        refusal={null}
      >
        {isReview ? <TextField label={words.told} value={told} onChange={setTold} maxLength={120} hint={words.toldExample} /> : null}
        {milestone === null ? null : (
          <TextField
            label={isReview ? words.done : words.detail}
            value={detail}
            onChange={setDetail}
            maxLength={300}
            hint={isReview ? words.doneExample : (milestones[milestone].example ?? undefined)}
          />
        )}
        <ClinicalTimeField draft={draft} onChange={setDraft} now={now} />
        <DoubtsForm act={act} />
      </SheetForm>
    </Sheet>
  );
}
