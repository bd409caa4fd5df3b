import { useState } from 'react';
import { hasWords } from '../../../../shared/contract/doubt.ts';
import type { SessionCommandInput } from '../../../../shared/contract/session-commands.ts';
import { ChoiceTiles } from '../../../components/fields/choice-tiles.tsx';
import { clinicalTimeOf, type ClinicalTimeDraft } from '../../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../../components/fields/clinical-time-field.tsx';
import { DoubtsForm } from '../../../components/act/doubts-form.tsx';
import { Segmented } from '../../../components/fields/segmented.tsx';
import { SheetForm } from '../../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../../components/sheet/sheet.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { reasonProblem } from '../../../components/fields/typed-reason.ts';
import { useAct } from '../../../components/act/use-act.ts';
import { useEntryInstant } from '../../../components/act/use-entry-instant.ts';
import { parseTimeOfDay, type RoomInstant } from '../../../format/time-of-day.ts';
import { leftText as words } from '../../../text/left.ts';
import { timeFieldText } from '../../../text/time-field.ts';
import styles from './criterion-row.module.css';

interface Draft {
  readonly reached: 'told' | 'not-reached';
  /** Who was told, or how somebody tried. */
  readonly prescriber: string;
  /** Empty: now. */
  readonly toldAt: string;
  /** null: not said yet. Neither is taken for granted. */
  readonly risks: 'explained' | 'not-explained' | null;
  readonly company: 'alone' | 'with' | null;
  readonly escort: string;
  readonly condition: string;
}

const nothing: Draft = { reached: 'told', prescriber: '', toldAt: '', risks: null, company: null, escort: '', condition: '' };

/** A patient who walks out is recorded by whoever sees it; nobody's PIN is asked for, and nothing is said to be met. */
export function LeftSheet({ onClose }: { readonly onClose: () => void }) {
  const now = useEntryInstant();
  const [when, setWhen] = useState<ClinicalTimeDraft>({ typed: null, reason: '' });
  const [draft, setDraft] = useState<Draft>(nothing);
  const time = clinicalTimeOf(when, now);
  const said = leftCommand(draft, now);
  const waits = !time.ok ? time.problem : 'waitsFor' in said ? said.waitsFor : null;
  const command = !time.ok || 'waitsFor' in said ? null : { ...said, ...(time.at === undefined ? {} : { at: time.at }) };
  const act = useAct(command, onClose);
  return (
    <Sheet label={words.title} onClose={onClose}>
      <SheetForm
        title={words.title}
        words={words.words}
        cancel={words.cancel}
        onCancel={onClose}
        confirm={act.busy ? words.saving : words.record}
        waitsFor={waits ?? act.waits}
        busy={act.busy}
        onConfirm={act.send}
        refusal={null}
      >
        <LeftFields draft={draft} put={(change) => setDraft((current) => ({ ...current, ...change }))} now={now} />
        <ClinicalTimeField draft={when} onChange={setWhen} now={now} />
        <DoubtsForm act={act} />
      </SheetForm>
    </Sheet>
  );
}

interface LeftFieldsProps {
  readonly draft: Draft;
  readonly put: (change: Partial<Draft>) => void;
  readonly now: RoomInstant;
}

function LeftFields({ draft, put, now }: LeftFieldsProps) {
  const told = draft.reached === 'told';
  return (
    <>
      <Segmented
        label={words.prescriber}
        value={draft.reached}
        onChange={(reached) => put({ reached })}
        options={(['told', 'not-reached'] as const).map((value) => ({ value, label: words.reached[value] }))}
      />
      <div className={styles.fields}>
        <TextField
          label={told ? words.who : words.tried}
          value={draft.prescriber}
          onChange={(prescriber) => put({ prescriber })}
          problem={told ? undefined : reasonProblem(draft.prescriber)}
          maxLength={told ? 80 : 300}
        />
        {told ? (
          <TextField
            label={words.toldAt}
            value={draft.toldAt}
            onChange={(toldAt) => put({ toldAt })}
            placeholder={timeFieldText.example[now.hours]}
            maxLength={11}
          />
        ) : null}
      </div>
      <ChoiceTiles
        label={words.risksAbout}
        value={draft.risks}
        onChange={(risks) => put({ risks })}
        options={(['explained', 'not-explained'] as const).map((value) => ({ value, label: words.risks[value] }))}
      />
      <ChoiceTiles
        label={words.companyOf}
        value={draft.company}
        onChange={(company) => put({ company })}
        options={(['alone', 'with'] as const).map((value) => ({ value, label: words.company[value] }))}
      />
      {draft.company === 'with' ? (
        <TextField label={words.escort} value={draft.escort} onChange={(escort) => put({ escort })} maxLength={80} />
      ) : null}
      <TextField
        label={words.condition}
        value={draft.condition}
        onChange={(condition) => put({ condition })}
        problem={reasonProblem(draft.condition)}
        maxLength={300}
      />
    </>
  );
}

type LeftCommand = Extract<SessionCommandInput, { type: 'leave-against-advice' }>;

/** The command without its time, or what is still wanted. */
export function leftCommand(draft: Draft, now: RoomInstant): LeftCommand | { readonly waitsFor: string } {
  const [prescriber, escort, condition] = [draft.prescriber.trim(), draft.escort.trim(), draft.condition.trim()];
  const told = draft.reached === 'told';
  if (told ? prescriber === '' : !hasWords(prescriber)) return { waitsFor: told ? words.waitsWho : words.waitsTried };
  const at = draft.toldAt.trim() === '' ? { ok: true as const, utcMs: now.utcMs } : parseTimeOfDay(draft.toldAt, now);
  if (told && !at.ok) return { waitsFor: words.waitsToldAt };
  if (draft.risks === null) return { waitsFor: words.waitsRisks };
  if (draft.company === null || (draft.company === 'with' && escort === '')) return { waitsFor: words.waitsCompany };
  if (!hasWords(condition)) return { waitsFor: words.waitsCondition };
  return {
    type: 'leave-against-advice',
    prescriber: told ? { told: prescriber, ...(at.ok ? { atMs: at.utcMs } : {}) } : { notReached: prescriber },
    risksExplained: draft.risks === 'explained',
    escort: draft.company === 'with' ? escort : null,
    condition,
  };
}
