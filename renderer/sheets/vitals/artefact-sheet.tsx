import { useState } from 'react';
import { artefactMetrics, artefactNames, type ArtefactMetric } from '../../../shared/clinical/artefact.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useEntryInstant } from '../../components/act/use-entry-instant.ts';
import { artefactText } from '../../text/artefact.ts';
import { artefactRequest, emptyArtefact, openPressures, type ArtefactDraft } from './artefact-draft.ts';
import styles from '../entries/correct-sheet.module.css';

interface ArtefactSheetProps {
  readonly session: SessionView;
  readonly onClose: () => void;
}

/** What a monitor said and was no value of the patient: a pressure, or a stretch of a line. A person says so, never Vigil. */
export function ArtefactSheet({ session, onClose }: ArtefactSheetProps) {
  const words = artefactText;
  const now = useEntryInstant();
  const clock = useClockTime();
  const [draft, setDraft] = useState<ArtefactDraft>(emptyArtefact);
  const put = (change: Partial<ArtefactDraft>): void => setDraft((current) => ({ ...current, ...change }));
  const request = artefactRequest(draft, now);
  const act = useAct(request.ok ? request.command : null, onClose);
  const pressures = openPressures(session);
  return (
    <Sheet label={words.title} onClose={onClose}>
      <SheetForm
        title={words.title}
        words={words.words}
        cancel={words.back}
        onCancel={onClose}
        confirm={act.busy ? words.saving : words.record}
        waitsFor={request.ok ? act.waits : request.waitsFor}
        busy={act.busy}
        onConfirm={act.send}
        refusal={null}
      >
        <ChoiceTiles
          label={words.metric}
          value={draft.metric}
          onChange={(metric: ArtefactMetric) => put({ metric })}
          options={artefactMetrics.map((value) => ({ value, label: artefactNames[value][0] }))}
        />
        {draft.metric === 'nibp' ? (
          pressures.length === 0 ? (
            <p className={styles.quiet}>{words.noPressure}</p>
          ) : (
            <ChoiceTiles
              label={words.which}
              value={draft.pressureMs === null ? null : String(draft.pressureMs)}
              onChange={(value) => put({ pressureMs: Number(value) })}
              options={pressures.map(({ atMs, sys, dia }) => ({ value: String(atMs), label: `${clock.minute(atMs)} · ${sys}/${dia}` }))}
            />
          )
        ) : (
          <div className={styles.pair}>
            <TextField label={words.from} value={draft.from} onChange={(from) => put({ from })} maxLength={11} hint={words.timeHint} />
            <TextField label={words.to} value={draft.to} onChange={(to) => put({ to })} maxLength={11} hint={words.timeHint} />
          </div>
        )}
        <TextField
          label={words.reason}
          value={draft.reason}
          onChange={(reason) => put({ reason })}
          maxLength={300}
          hint={words.reasonHint}
        />
        <DoubtsForm act={act} />
      </SheetForm>
    </Sheet>
  );
}
