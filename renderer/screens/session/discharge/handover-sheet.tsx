import { useState } from 'react';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { SheetForm } from '../../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../../components/sheet/sheet.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { saidBesidePad, useSecondPerson } from '../../../components/fields/use-second-person.ts';
import { SecondPersonField } from '../../../components/fields/second-person-field.tsx';
import { useCommand } from '../../../live/use-command.ts';
import { useActor } from '../../../live/use-seat.ts';
import { handoverText as words } from '../../../text/discharge.ts';
import styles from './handover-sheet.module.css';

/** From the nurse at this page to the one who types their own PIN on it. The card is the record's, the note a person's. */
export function HandoverSheet({ session, onClose }: { readonly session: SessionView; readonly onClose: () => void }) {
  const [note, setNote] = useState('');
  const draft = useSecondPerson(['nurse', 'prescriber'], useActor({ type: 'hand-over' }));
  const { minute } = useClockTime();
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const { card, handovers } = session.discharge;
  const last = handovers.at(-1);
  const record = (): void => {
    if (draft.secondPerson === null || saving) return;
    const said = note.trim();
    run(said === '' ? { type: 'hand-over' } : { type: 'hand-over', note: said }, {
      witness: draft.secondPerson,
      onRecorded: onClose,
      onRefused: (code, why) => saidBesidePad(draft, code, why),
    });
    draft.forgetPin();
  };
  const to = draft.person?.name;
  return (
    <Sheet label={words.title} onClose={onClose}>
      <SheetForm
        title={words.title}
        words={words.words}
        cancel={words.cancel}
        onCancel={onClose}
        confirm={saving ? words.saving : to === undefined ? words.record : words.recordTo(to)}
        waitsFor={draft.waits}
        busy={saving}
        onConfirm={record}
        refusal={state.kind === 'refused' ? state.message : null}
      >
        {last === undefined ? null : <p className={styles.last}>{words.last(last.from, last.to, minute(last.atMs))}</p>}
        <dl className={styles.card} aria-label={words.card}>
          {card.map(({ heading, lines }) => (
            <div key={heading} className={styles.part}>
              <dt>{heading}</dt>
              <dd>
                {lines.map((line) => (
                  <span key={line}>{line}</span>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <TextField label={words.note} value={note} onChange={setNote} maxLength={1000} hint={words.noteHint} />
        <SecondPersonField draft={draft} label={words.to} hint={words.toHint} onEnter={record} busy={saving} />
      </SheetForm>
    </Sheet>
  );
}
