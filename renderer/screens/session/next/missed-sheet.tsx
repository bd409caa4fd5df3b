import { useState } from 'react';
import { hasWords } from '../../../../shared/contract/doubt.ts';
import { ChoiceTiles } from '../../../components/fields/choice-tiles.tsx';
import { Segmented } from '../../../components/fields/segmented.tsx';
import { SheetForm } from '../../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../../components/sheet/sheet.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { reasonProblem } from '../../../components/fields/typed-reason.ts';
import { DoubtsForm } from '../../../components/act/doubts-form.tsx';
import { useAct } from '../../../components/act/use-act.ts';
import { doubtsText } from '../../../text/doubts.ts';
import { missedText } from '../../../text/missed.ts';

interface MissedSheetProps {
  readonly slotKeys: readonly string[];
  /** As the reminder names it. */
  readonly label: string;
  readonly onClose: () => void;
}

const reasons = Object.entries(missedText.reasons).map(([value, label]) => ({ value, label }));
const kinds = (['missed', 'not-applicable'] as const).map((value) => ({ value, label: missedText.kinds[value] }));

/** What was due and was not done, or was not for this patient, with the reason: the reminder goes, and the record says why. */
export function MissedSheet({ slotKeys, label, onClose }: MissedSheetProps) {
  const [kind, setKind] = useState<'missed' | 'not-applicable'>('missed');
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const reason = typed.trim() === '' ? (reasons.find(({ value }) => value === chosen)?.label ?? '') : typed.trim();
  const notApplicable = kind === 'missed' ? {} : { notApplicable: true as const };
  const act = useAct(!hasWords(reason) ? null : { type: 'mark-slot-missed', slotKeys: [...slotKeys], reason, ...notApplicable }, onClose);
  return (
    <Sheet label={missedText.title(label)} onClose={onClose}>
      <SheetForm
        title={missedText.title(label)}
        words={missedText.words(slotKeys.length)}
        cancel={missedText.cancel}
        onCancel={onClose}
        confirm={act.busy ? missedText.saving : act.asks === null ? missedText.record[kind] : doubtsText.record(act.asks.doubts.length)}
        waitsFor={hasWords(reason) ? act.waits : missedText.waitsFor}
        busy={act.busy}
        onConfirm={act.send}
        refusal={null}
      >
        <Segmented label={missedText.kind} value={kind} onChange={setKind} options={kinds} />
        <ChoiceTiles label={missedText.reason} value={chosen} onChange={setChosen} options={reasons} />
        <TextField label={missedText.other} value={typed} onChange={setTyped} problem={reasonProblem(typed)} maxLength={300} />
        <DoubtsForm act={act} />
      </SheetForm>
    </Sheet>
  );
}
