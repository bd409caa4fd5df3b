import { useState } from 'react';
import { ChoiceTiles } from '../../components/choice-tiles.tsx';
import { SheetForm } from '../../components/sheet-form.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCommand } from '../../live/use-command.ts';
import { missedText } from '../../text/missed.ts';

export interface MissedSheetProps {
  readonly slotKey: string;
  /** As the reminder names it. */
  readonly label: string;
  readonly onClose: () => void;
}

const reasons = Object.entries(missedText.reasons).map(([value, label]) => ({ value, label }));

/** What was due and was not done, with the reason: the reminder goes, and the record says why. */
export function MissedSheet({ slotKey, label, onClose }: MissedSheetProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const reason = typed.trim() === '' ? (reasons.find(({ value }) => value === chosen)?.label ?? '') : typed.trim();
  return (
    <Sheet label={missedText.title(label)} onClose={onClose}>
      <SheetForm
        title={missedText.title(label)}
        words={missedText.words}
        cancel={missedText.cancel}
        onCancel={onClose}
        confirm={saving ? missedText.saving : missedText.record}
        waitsFor={reason === '' ? missedText.waitsFor : null}
        busy={saving}
        onConfirm={() => run({ type: 'mark-slot-missed', slotKey, reason }, { onRecorded: onClose })}
        refusal={state.kind === 'refused' ? state.message : null}
      >
        <ChoiceTiles label={missedText.reason} value={chosen} onChange={setChosen} options={reasons} />
        <TextField label={missedText.other} value={typed} onChange={setTyped} maxLength={300} />
      </SheetForm>
    </Sheet>
  );
}
