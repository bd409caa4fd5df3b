import { useState } from 'react';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { observationTextMax } from '../../../shared/clinical/observation.ts';
import { milestoneKeys, milestones, type MilestoneDefinition } from '../../../shared/clinical/milestone.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { clinicalTimeOf, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useEntryInstant } from '../../components/act/use-entry-instant.ts';
import { useSend } from '../../components/act/use-send.ts';
import { useBoard } from '../../live/room-context.tsx';
import { addEntryText as words } from '../../text/add-entry.ts';
import { addedCommand, addedKinds, nothingAdded, type AddedDraft } from './added-command.ts';

/** To a record that is not signed, or is being amended: what happened and was not written down then. */
export function AddEntrySheet({ onClose }: { readonly onClose: () => void }) {
  const now = useEntryInstant();
  const send = useSend();
  const unit = useBoard((board) => board.room.formats.weight);
  const [draft, setDraft] = useState<AddedDraft>(nothingAdded);
  const [when, setWhen] = useState<ClinicalTimeDraft>({ typed: '', reason: '' });
  const [ratingId] = useState(() => crypto.randomUUID());
  const put = (change: Partial<AddedDraft>): void => setDraft((current) => ({ ...current, ...change }));
  const time = clinicalTimeOf(when, now);
  const asked = time.ok && time.at !== undefined ? addedCommand(draft, time.at, { ratingId, unit }) : null;
  const command = asked === null || 'waitsFor' in asked ? null : asked;
  const recorded = (): void => {
    if (draft.kind !== 'rating') onClose();
    else void send({ type: 'finish-rating', ratingId }).then(onClose);
  };
  const act = useAct(command, recorded);
  const waitsFor = asked === null ? (time.ok ? null : time.problem) : 'waitsFor' in asked ? asked.waitsFor : act.waits;
  return (
    <Sheet label={words.title} onClose={onClose}>
      <SheetForm
        title={words.title}
        words={words.words}
        cancel={words.cancel}
        onCancel={onClose}
        confirm={act.busy ? words.saving : words.record}
        waitsFor={waitsFor}
        busy={act.busy}
        onConfirm={act.send}
        refusal={null}
      >
        <Segmented
          label={words.kind}
          value={draft.kind}
          onChange={(kind) => setDraft({ ...nothingAdded, kind })}
          options={addedKinds.map((value) => ({ value, label: words.kinds[value] }))}
        />
        <ClinicalTimeField draft={when} onChange={setWhen} now={now} />
        <AddedFields draft={draft} put={put} unit={unit} />
        <DoubtsForm act={act} />
      </SheetForm>
    </Sheet>
  );
}

/** What two people did is not added by one, and what was decided with figures in front of somebody not afterwards. */
const isAdded: Readonly<Record<MilestoneDefinition['recordedBy'], boolean>> = {
  tap: true,
  words: true,
  departure: true,
  criteria: true,
  check: false,
  'go-no-go': false,
  'against-advice': false,
};
const events = milestoneKeys
  .filter((key) => isAdded[milestones[key].recordedBy])
  .map((value) => ({ value, label: milestones[value].label }));
const forms = (Object.keys(instruments) as InstrumentId[]).map((value) => ({ value, label: instruments[value].name }));

interface AddedFieldsProps {
  readonly draft: AddedDraft;
  readonly put: (change: Partial<AddedDraft>) => void;
  readonly unit: 'kg' | 'lb';
}

function AddedFields({ draft, put, unit }: AddedFieldsProps) {
  switch (draft.kind) {
    case 'milestone':
      return (
        <>
          <TextField label={words.detail} value={draft.text} onChange={(text) => put({ text })} maxLength={300} />
          <ChoiceTiles label={words.milestone} value={draft.milestone} onChange={(milestone) => put({ milestone })} options={events} />
        </>
      );
    case 'note':
      return <TextField label={words.note} value={draft.text} onChange={(text) => put({ text })} maxLength={observationTextMax} />;
    case 'rating':
      return (
        <>
          {draft.instrument === null ? null : (
            <TextField
              label={words.answers(instruments[draft.instrument].items.length)}
              value={draft.answers}
              onChange={(answers) => put({ answers })}
              maxLength={200}
            />
          )}
          <ChoiceTiles label={words.instrument} value={draft.instrument} onChange={(instrument) => put({ instrument })} options={forms} />
        </>
      );
    case 'weight':
      return (
        <>
          <TextField
            label={words.weight[unit]}
            value={draft.weight}
            onChange={(weight) => put({ weight })}
            inputMode="decimal"
            maxLength={8}
          />
          <TextField label={words.again} value={draft.again} onChange={(again) => put({ again })} inputMode="decimal" maxLength={8} />
        </>
      );
  }
}
