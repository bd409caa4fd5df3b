import { useState } from 'react';
import type { MilestoneKey } from '../../../shared/clinical/milestone.ts';
import { clinicalTimeOf, type ClinicalTimeDraft } from '../../components/clinical-time.ts';
import { ClinicalTimeField } from '../../components/clinical-time-field.tsx';
import { SheetForm } from '../../components/sheet-form.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCommand } from '../../live/use-command.ts';
import { sessionText } from '../../text/session.ts';
import { useEntryInstant } from '../../components/use-entry-instant.ts';

const words = sessionText.anotherTime;

interface AnotherTimeSheetProps {
  readonly milestone: MilestoneKey;
  readonly label: string;
  readonly onClose: () => void;
}

/** A milestone that has already happened: when, and why it is entered late. */
export function AnotherTimeSheet({ milestone, label, onClose }: AnotherTimeSheetProps) {
  const now = useEntryInstant();
  const [draft, setDraft] = useState<ClinicalTimeDraft>({ typed: '', reason: '' });
  const [detail, setDetail] = useState('');
  const { run, state } = useCommand();
  const time = clinicalTimeOf(draft, now);
  const saving = state.kind === 'saving';
  const record = (): void => {
    if (!time.ok) return;
    const said = detail.trim();
    run(
      { type: 'reach-milestone', milestone, ...(time.at === undefined ? {} : { at: time.at }), ...(said === '' ? {} : { detail: said }) },
      { onRecorded: onClose },
    );
  };
  return (
    <Sheet label={words.title(label)} onClose={onClose}>
      <SheetForm
        title={words.title(label)}
        words={words.words}
        cancel={words.cancel}
        onCancel={onClose}
        confirm={saving ? words.saving : words.record}
        waitsFor={time.ok ? null : time.problem}
        busy={saving}
        onConfirm={record}
        refusal={state.kind === 'refused' ? state.message : null}
      >
        <ClinicalTimeField draft={draft} onChange={setDraft} now={now} />
        <TextField label={words.detail} value={detail} onChange={setDetail} maxLength={300} hint={words.detailExample} />
      </SheetForm>
    </Sheet>
  );
}
