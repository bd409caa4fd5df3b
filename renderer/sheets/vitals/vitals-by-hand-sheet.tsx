import { useState } from 'react';
import { clinicalTimeOf, nowDraft, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useCommandSessionEnd } from '../../live/command-session.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { doubtsText } from '../../text/doubts.ts';
import { sessionText } from '../../text/session.ts';
import { VitalFields } from './vital-fields.tsx';
import { enteredVitals, nothingTyped, type EnteredKey, type TypedVitals } from './entered-vitals.ts';
import { useEntryInstant } from '../../components/act/use-entry-instant.ts';

const words = sessionText.byHand;

interface VitalsByHandSheetProps {
  /** Where the typing begins. */
  readonly field?: EnteredKey;
  readonly onClose: () => void;
}

/** Vitals a person read or took. They carry that person's name, and never look like the monitor's. */
export function VitalsByHandSheet({ field = 'nibp-sys', onClose }: VitalsByHandSheetProps) {
  const now = useEntryInstant();
  const ended = useCommandSessionEnd() !== null;
  const [typed, setTyped] = useState<TypedVitals>(nothingTyped);
  const [draft, setDraft] = useState<ClinicalTimeDraft>(ended ? { typed: '', reason: '' } : nowDraft);
  const temperature = useBoard((board) => board.room.formats.temperature);
  const { values, problems, ready } = enteredVitals(typed, temperature);
  const time = clinicalTimeOf(draft, now);
  const [firstProblem] = Object.values(problems);
  const command = time.ok && ready ? ({ type: 'enter-vitals', values, ...(time.at === undefined ? {} : { at: time.at }) } as const) : null;
  const act = useAct(command, onClose);
  return (
    <Sheet label={words.title} onClose={onClose}>
      <SheetForm
        title={words.title}
        words={words.words}
        cancel={words.cancel}
        onCancel={onClose}
        confirm={act.busy ? words.saving : act.asks === null ? words.record : doubtsText.record(act.asks.doubts.length)}
        waitsFor={!time.ok ? time.problem : ready ? act.waits : (firstProblem ?? words.empty)}
        busy={act.busy}
        onConfirm={act.send}
        refusal={null}
      >
        <VitalFields label={words.title} typed={typed} onChange={setTyped} field={field} />
        <ClinicalTimeField draft={draft} onChange={setDraft} now={now} />
        <DoubtsForm act={act} />
      </SheetForm>
    </Sheet>
  );
}
