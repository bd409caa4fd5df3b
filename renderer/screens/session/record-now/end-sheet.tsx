import { useState } from 'react';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { SheetForm } from '../../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../../components/sheet/sheet.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { reasonProblem } from '../../../components/fields/typed-reason.ts';
import { useCommand } from '../../../live/use-command.ts';
import { sessionText } from '../../../text/session.ts';

const words = sessionText.end;

/** Ends the session. What is still open is said by the action itself, and by the service if it refuses. */
export function EndSheet({ session, onClose }: { readonly session: SessionView; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const hint = session.actions.find(({ action }) => action.type === 'end-session')?.hint;
  const end = (): void => {
    const said = reason.trim();
    run(said === '' ? { type: 'end-session' } : { type: 'end-session', reason: said }, { onRecorded: onClose });
  };
  return (
    <Sheet label={words.title} onClose={onClose}>
      <SheetForm
        title={words.title}
        words={words.words}
        cancel={words.cancel}
        onCancel={onClose}
        confirm={saving ? words.saving : words.record}
        waitsFor={reasonProblem(reason) ?? null}
        busy={saving}
        onConfirm={end}
        refusal={state.kind === 'refused' ? state.message : null}
      >
        <TextField label={words.reason} value={reason} onChange={setReason} maxLength={300} hint={hint === '' ? undefined : hint} />
      </SheetForm>
    </Sheet>
  );
}
