import type { ReactNode } from 'react';
import {
  observationChipGroups,
  observationChips,
  observationSentenceMax,
  observationUtteranceMax,
  observationSafetyFlags,
  type ObservationDetails,
} from '../../../../shared/clinical/observation.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../../components/button.tsx';
import { Chip } from '../../../components/chip.tsx';
import { Segmented } from '../../../components/fields/segmented.tsx';
import { SheetView } from '../../../components/sheet/sheet-view.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { observationText } from '../../../text/observation.ts';
import { excessOf, isBlank } from '../line/observation-draft.ts';
import { useObservationSides } from '../line/observation-sides.tsx';
import { StepScale } from './step-scale.tsx';
import styles from './observation-more-sheet.module.css';

const words = observationText.more;

interface MoreSheetProps {
  readonly session: Pick<SessionView, 'adverseEvents'>;
  readonly onClose: () => void;
}

/** Everything a note can say beside its words. It belongs to the note in the line, and goes on being that while words are typed there. */
export function ObservationMoreSheet({ session, onClose }: MoreSheetProps) {
  const { shared } = useObservationSides();
  const { draft } = shared.input;
  const blank = isBlank(draft);
  const excess = excessOf(draft);
  return (
    <SheetView title={words.title} words={words.words} close={words.back} onClose={onClose} className={styles.sheet}>
      <Numbers details={draft.details} onChange={shared.setDetails} />
      {observationChipGroups.map((group) => (
        <Part key={group} name={words.groups[group]}>
          <div className={styles.chips}>
            {observationChips[group].map((chip) => (
              <Chip
                key={chip}
                isSelected={draft.chips.some((one) => one.group === group && one.chip === chip)}
                onChange={() => shared.toggleChip({ group, chip })}
              >
                {chip}
              </Chip>
            ))}
          </div>
        </Part>
      ))}
      <Sentences details={draft.details} onChange={shared.setDetails} />
      <Safety session={session} details={draft.details} onChange={shared.setDetails} />
      <footer className={styles.footer}>
        <Button
          onPress={() => {
            shared.record();
            onClose();
          }}
          kind="primary"
          size="large"
          isDisabled={blank || excess !== undefined}
          wide
        >
          {blank ? words.empty : (excess ?? words.record)}
        </Button>
      </footer>
    </SheetView>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={name}>
      <h3 className={styles.heading}>{name}</h3>
      {children}
    </section>
  );
}

interface DetailsProps {
  readonly details: ObservationDetails;
  readonly onChange: (details: ObservationDetails) => void;
}

/** The details with this value. If it was taken back its key is left out, because the schema has no keys without a value. */
function withDetail<K extends keyof ObservationDetails>(
  details: ObservationDetails,
  key: K,
  value: ObservationDetails[K],
): ObservationDetails {
  const { [key]: _before, ...rest } = details;
  return value === undefined ? (rest as ObservationDetails) : { ...rest, [key]: value };
}

const tenths = Array.from({ length: 11 }, (_, index) => index);
const tens = tenths.map((step) => step * 10);

function Numbers({ details, onChange }: DetailsProps) {
  const tears = details.tears === undefined ? 'notSaid' : details.tears ? 'yes' : 'no';
  return (
    <div className={styles.numbers}>
      <Part name={words.distress}>
        <StepScale
          label={words.distress}
          steps={tens}
          value={details.distress}
          onChange={(to) => onChange(withDetail(details, 'distress', to))}
        />
        <p className={styles.hint}>{words.distressHint}</p>
      </Part>
      <Part name={words.openness}>
        <StepScale
          label={words.openness}
          steps={tenths}
          value={details.openness}
          onChange={(to) => onChange(withDetail(details, 'openness', to))}
        />
      </Part>
      <Part name={words.intensity}>
        <StepScale
          label={words.intensity}
          steps={tenths}
          value={details.affectIntensity}
          onChange={(to) => onChange(withDetail(details, 'affectIntensity', to))}
        />
      </Part>
      <Part name={words.tears}>
        <Segmented
          label={words.tears}
          value={tears}
          onChange={(to) => onChange(withDetail(details, 'tears', to === 'notSaid' ? undefined : to === 'yes'))}
          options={(['notSaid', 'yes', 'no'] as const).map((value) => ({ value, label: words[value] }))}
          className={styles.few}
        />
      </Part>
    </div>
  );
}

function Sentences({ details, onChange }: DetailsProps) {
  const { utterance } = details;
  const sentence = (key: 'intervention' | 'response' | 'valuesAction') => (
    <TextField
      label={words[key]}
      value={details[key] ?? ''}
      onChange={(text) => onChange(withDetail(details, key, text === '' ? undefined : text))}
      maxLength={observationSentenceMax}
    />
  );
  const said = utterance ?? { words: '', consent: false, spoken: 'spontaneously' as const };
  const change = (next: typeof said): void => onChange(withDetail(details, 'utterance', next.words === '' ? undefined : next));
  return (
    <div className={styles.sentences}>
      {sentence('intervention')}
      {sentence('response')}
      {sentence('valuesAction')}
      <TextField
        label={words.utterance}
        value={said.words}
        onChange={(text) => change({ ...said, words: text })}
        maxLength={observationUtteranceMax}
        hint={words.utteranceHint}
      />
      {utterance === undefined ? null : (
        <div className={styles.quoted}>
          <Segmented
            label={words.spoken}
            value={said.spoken}
            onChange={(spoken) => change({ ...said, spoken })}
            options={(['spontaneously', 'in-answer'] as const).map((value) => ({ value, label: words.spokenAs[value] }))}
          />
          <Chip isSelected={said.consent} onChange={(consent) => change({ ...said, consent })}>
            {words.consent}
          </Chip>
        </div>
      )}
    </div>
  );
}

function Safety({ session, details, onChange }: DetailsProps & { readonly session: MoreSheetProps['session'] }) {
  const clock = useClockTime();
  const flags = details.safety ?? [];
  const toggle = (flag: (typeof observationSafetyFlags)[number]): void => {
    const next = flags.includes(flag) ? flags.filter((one) => one !== flag) : [...flags, flag];
    onChange(withDetail(details, 'safety', next.length === 0 ? undefined : next));
  };
  return (
    <>
      <Part name={words.safety}>
        <div className={styles.chips}>
          {observationSafetyFlags.map((flag) => (
            <Chip key={flag} isSelected={flags.includes(flag)} onChange={() => toggle(flag)}>
              {words.flags[flag]}
            </Chip>
          ))}
        </div>
      </Part>
      {session.adverseEvents.length === 0 ? null : (
        <Part name={words.adverseEvent}>
          <div className={styles.chips}>
            {session.adverseEvents.map(({ adverseEventId, label, atMs }) => (
              <Chip
                key={adverseEventId}
                isSelected={details.adverseEventId === adverseEventId}
                onChange={(chosen) => onChange(withDetail(details, 'adverseEventId', chosen ? adverseEventId : undefined))}
              >
                {`${label} ${clock.minute(atMs)}`}
              </Chip>
            ))}
          </div>
        </Part>
      )}
    </>
  );
}
