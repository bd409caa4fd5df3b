import { useState, type ReactNode } from 'react';
import {
  adverseEventActions,
  adverseEventCategories,
  adverseEventOutcomes,
  adverseEventSeverities,
  relatednessDegrees,
  seriousnessCriteria,
} from '../../../shared/clinical/adverse-event.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useCommandSessionEnd } from '../../live/command-session.tsx';
import { adverseEventText } from '../../text/adverse-events.ts';
import { toggled, type AdverseEventDraft } from './adverse-event-draft.ts';
import { Categories } from './adverse-event-sheet.tsx';
import styles from './adverse-event-details.module.css';

const words = adverseEventText.more;

export interface DetailsProps {
  readonly draft: AdverseEventDraft;
  readonly onChange: (change: Partial<AdverseEventDraft>) => void;
}

/** Everything that may be said of an event. Whatever is left alone stays as it is. */
export function AdverseEventDetails({ draft, onChange }: DetailsProps) {
  return (
    <div className={styles.details}>
      <div className={styles.pair}>
        <Group heading={words.severity}>
          <Segmented
            label={words.severity}
            value={draft.severity}
            onChange={(severity) => onChange({ severity })}
            options={adverseEventSeverities.map((one) => ({ value: one, label: adverseEventText.severities[one] }))}
            size="large"
          />
        </Group>
        <End draft={draft} onChange={onChange} />
      </div>
      <Chips heading={words.actions} labels={adverseEventActions} chosen={draft.actions} onChange={(actions) => onChange({ actions })} />
      <OneOf heading={words.outcome} labels={adverseEventOutcomes} value={draft.outcome} onChange={(outcome) => onChange({ outcome })} />
      <Seriousness draft={draft} onChange={onChange} />
      <OneOf
        heading={words.relatedness}
        labels={relatednessDegrees}
        value={draft.relatedness}
        onChange={(relatedness) => onChange({ relatedness })}
      />
      <TextField
        label={words.detail}
        value={draft.detail}
        onChange={(detail) => onChange({ detail })}
        maxLength={300}
        hint={words.detailHint}
      />
      <Category draft={draft} onChange={onChange} />
    </div>
  );
}

function End({ draft, onChange }: DetailsProps) {
  const { end } = draft;
  // In the record of a past session nothing is over now.
  const kinds = useCommandSessionEnd() === null ? (['open', 'now', 'at'] as const) : (['open', 'at'] as const);
  return (
    <Group heading={words.end}>
      <Segmented
        label={words.end}
        value={end.kind === 'kept' ? 'at' : end.kind}
        onChange={(kind) => onChange({ end: { ...end, kind } })}
        options={kinds.map((kind) => ({ value: kind, label: words.ends[kind] }))}
        size="large"
      />
      {end.kind === 'at' || end.kind === 'kept' ? (
        <TextField
          label={words.endTime}
          value={end.typed}
          onChange={(typed) => onChange({ end: { kind: 'at', typed } })}
          inputMode="numeric"
          placeholder={words.endExample}
          maxLength={8}
        />
      ) : null}
    </Group>
  );
}

function Seriousness({ draft, onChange }: DetailsProps) {
  return (
    <Group heading={words.serious}>
      <Segmented
        label={words.serious}
        value={draft.seriousness}
        onChange={(seriousness) => onChange({ seriousness })}
        options={(['open', 'no', 'yes'] as const).map((one) => ({ value: one, label: words.seriousness[one] }))}
        size="large"
      />
      {draft.seriousness === 'yes' ? (
        <Chips
          heading={words.criteria}
          labels={seriousnessCriteria}
          chosen={draft.criteria}
          onChange={(criteria) => onChange({ criteria })}
        />
      ) : null}
    </Group>
  );
}

function Category({ draft, onChange }: DetailsProps) {
  const [changes, setChanges] = useState(false);
  return (
    <Group heading={words.category}>
      <p className={styles.category}>{adverseEventCategories[draft.category]}</p>
      <Button onPress={() => setChanges(!changes)} expanded={changes}>
        {changes ? words.keepCategory : words.changeCategory}
      </Button>
      {changes ? <Categories value={draft.category} onChoose={(category) => onChange({ category })} /> : null}
    </Group>
  );
}

interface ChipsProps<T extends string> {
  readonly heading: string;
  readonly labels: Readonly<Record<T, string>>;
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}

function Chips<T extends string>({ heading, labels, chosen, onChange }: ChipsProps<T>) {
  return (
    <Group heading={heading}>
      <div className={styles.chips} role="group" aria-label={heading}>
        {(Object.entries(labels) as [T, string][]).map(([key, label]) => (
          <Chip key={key} isSelected={chosen.includes(key)} onChange={(isIn) => onChange(toggled(chosen, key, isIn))}>
            {label}
          </Chip>
        ))}
      </div>
    </Group>
  );
}

interface OneOfProps<T extends string> {
  readonly heading: string;
  readonly labels: Readonly<Record<T, string>>;
  readonly value: T | null;
  readonly onChange: (value: T | null) => void;
}

function OneOf<T extends string>({ heading, labels, value, onChange }: OneOfProps<T>) {
  const options = [
    { value: 'not-said' as const, label: words.notSaid },
    ...(Object.entries(labels) as [T, string][]).map(([key, label]) => ({ value: key, label })),
  ];
  return (
    <Group heading={heading}>
      <ChoiceTiles<T | 'not-said'>
        label={heading}
        value={value ?? 'not-said'}
        onChange={(chosen) => onChange(chosen === 'not-said' ? null : chosen)}
        options={options}
      />
    </Group>
  );
}

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>{heading}</h3>
      {children}
    </section>
  );
}
