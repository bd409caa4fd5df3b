import { useState, type ReactNode } from 'react';
import { givenRoutes, type GivenRoute } from '../../../shared/clinical/adverse-event.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { clinicalTimeOf, nowDraft, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { reasonProblem } from '../../components/fields/typed-reason.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useRoomInstant } from '../../components/act/use-room-instant.ts';
import { useBoard } from '../../live/room-context.tsx';
import { useCommand } from '../../live/use-command.ts';
import { adverseEventText } from '../../text/adverse-events.ts';
import styles from './drug-sheet.module.css';

const words = adverseEventText.drug;
const none = 'none';
/** More than this would be a list to search; the others are typed. */
const eventsMax = 6;

interface DrugSheetProps {
  /** What it is given for, where the person came from an event. */
  readonly adverseEventId: string | null;
  readonly onClose: () => void;
}

interface DrugDraft {
  readonly name: string;
  readonly dose: string;
  readonly route: GivenRoute | null;
  readonly reason: string;
  readonly adverseEventId: string;
}

/** A rescue or comfort drug. From the protocol's list or free text; the dose is always what was typed. */
export function DrugSheet({ adverseEventId, onClose }: DrugSheetProps) {
  const session = useBoard((board) => board.session);
  return (
    <Sheet label={words.title} onClose={onClose}>
      {session === null ? null : <DrugForm session={session} adverseEventId={adverseEventId} onClose={onClose} />}
    </Sheet>
  );
}

function DrugForm({ session, adverseEventId, onClose }: DrugSheetProps & { readonly session: SessionView }) {
  const now = useRoomInstant();
  const [draft, setDraft] = useState<DrugDraft>({ name: '', dose: '', route: null, reason: '', adverseEventId: adverseEventId ?? none });
  const [when, setWhen] = useState<ClinicalTimeDraft>(nowDraft);
  const { run, state } = useCommand();
  const time = clinicalTimeOf(when, now);
  const saving = state.kind === 'saving';
  const put = (change: Partial<DrugDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const entry = session.formulary.find((drug) => drug.name.toLowerCase() === draft.name.trim().toLowerCase());
  const routes: readonly GivenRoute[] = entry === undefined ? (Object.keys(givenRoutes) as GivenRoute[]) : [...entry.routes, 'other'];
  const command = commandOf(draft);
  const record = (): void => {
    if (command.ok && time.ok) run({ ...command.command, ...(time.at === undefined ? {} : { at: time.at }) }, { onRecorded: onClose });
  };
  return (
    <SheetForm
      title={words.title}
      words={words.words}
      cancel={words.cancel}
      onCancel={onClose}
      confirm={saving ? words.saving : words.record}
      waitsFor={!command.ok ? command.waitsFor : time.ok ? null : time.problem}
      busy={saving}
      onConfirm={record}
      refusal={state.kind === 'refused' ? state.message : null}
    >
      {session.formulary.length === 0 ? null : (
        <div className={styles.formulary}>
          <ChoiceTiles
            label={words.formulary}
            value={entry?.id ?? null}
            onChange={(id) => {
              const chosen = session.formulary.find((drug) => drug.id === id);
              if (chosen !== undefined) put({ name: chosen.name, route: chosen.routes.length === 1 ? (chosen.routes[0] ?? null) : null });
            }}
            options={session.formulary.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      )}
      <div className={styles.fields}>
        <TextField label={words.name} value={draft.name} onChange={(name) => put({ name })} maxLength={80} hint={words.nameHint} />
        <TextField
          label={words.dose}
          value={draft.dose}
          onChange={(dose) => put({ dose })}
          maxLength={60}
          hint={entry === undefined || entry.usualDose === '' ? words.doseExample : words.doseHint(entry.usualDose)}
        />
      </div>
      <Labelled label={words.route}>
        <ChoiceTiles
          label={words.route}
          value={draft.route}
          onChange={(route) => put({ route })}
          options={routes.map((route) => ({ value: route, label: givenRoutes[route] }))}
        />
      </Labelled>
      <ForEvent session={session} value={draft.adverseEventId} onChange={(chosen) => put({ adverseEventId: chosen })} />
      <TextField
        label={words.reason}
        value={draft.reason}
        onChange={(reason) => put({ reason })}
        problem={reasonProblem(draft.reason)}
        maxLength={200}
      />
      {entry?.controlled === true ? <p className={styles.note}>{words.controlled}</p> : null}
      <ClinicalTimeField draft={when} onChange={setWhen} now={now} />
    </SheetForm>
  );
}

interface ForEventProps {
  readonly session: SessionView;
  readonly value: string;
  readonly onChange: (adverseEventId: string) => void;
}

/** Open events first: a drug is mostly given for one that is not over. */
function ForEvent({ session, value, onChange }: ForEventProps) {
  const clock = useClockTime();
  const events = session.adverseEvents.toSorted((a, b) => Number(b.open) - Number(a.open) || b.atMs - a.atMs).slice(0, eventsMax);
  if (events.length === 0) return null;
  const options = [
    ...events.map((event) => ({ value: event.adverseEventId, label: words.eventAt(event.label, clock.minute(event.atMs)) })),
    { value: none, label: words.noEvent },
  ];
  return (
    <Labelled label={words.forEvent}>
      <ChoiceTiles label={words.forEvent} value={value} onChange={onChange} options={options} />
    </Labelled>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={label}>
      <h3 className={styles.heading}>{label}</h3>
      {children}
    </section>
  );
}

type DrugCommand = Extract<SessionCommandInput, { type: 'give-drug' }>;

function commandOf(
  draft: DrugDraft,
): { readonly ok: true; readonly command: DrugCommand } | { readonly ok: false; readonly waitsFor: string } {
  const [drug, dose, reason] = [draft.name.trim(), draft.dose.trim(), draft.reason.trim()];
  if (drug === '') return { ok: false, waitsFor: words.waits.drug };
  if (dose === '') return { ok: false, waitsFor: words.waits.dose };
  if (draft.route === null) return { ok: false, waitsFor: words.waits.route };
  if (reasonProblem(reason) !== undefined) return { ok: false, waitsFor: words.waits.reason };
  return {
    ok: true,
    command: {
      type: 'give-drug',
      drug,
      dose,
      route: draft.route,
      ...(reason === '' ? {} : { reason }),
      ...(draft.adverseEventId === none ? {} : { adverseEventId: draft.adverseEventId }),
    },
  };
}
