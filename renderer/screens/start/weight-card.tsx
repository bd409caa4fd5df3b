import { useId, useState } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { Patient } from '../../../shared/contract/room-contract.ts';
import { showWeight } from '../../../shared/values/quantity.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { numberTyped } from '../../format/number-typed.ts';
import { TypingPad } from '../../components/fields/typing-pad.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { WhoMay } from '../../components/act/who-may.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useBoard } from '../../live/room-context.tsx';
import { useWhoMay } from '../../live/use-who-may.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { doubtsText } from '../../text/doubts.ts';
import { startText } from '../../text/start.ts';
import { useKnownPatient } from './patient-card.tsx';
import { asEntered, changeSince, gramsTyped, inOtherUnit, type WeightUnit } from './weight-words.ts';
import { cardPlaces } from './start-waits.ts';
import { RecordButton } from '../../components/act/record-button.tsx';
import styles from './weight-card.module.css';

/** The weight with its unit, always both: 176 lb read as kilograms would more than double the dose. */
export function WeightCard({ session }: { readonly session: SessionView | null }) {
  const words = startText.weight;
  const clock = useClockTime();
  const isSomebodys = useWhoMay();
  const [correcting, setCorrecting] = useState(false);
  const recorded = session?.weight ?? null;
  const asks = recorded === null || correcting;
  const correct = (): void => {
    if (isSomebodys({ type: 'record-weight' })) setCorrecting(true);
  };
  return (
    <Card
      place={cardPlaces.weight}
      heading={words.heading}
      number={3}
      aside={recorded === null ? words.aside : words.asideDone(clock.minute(recorded.atMs))}
    >
      {session === null ? (
        <p className={styles.note}>{words.waits}</p>
      ) : asks ? (
        <WhoMay asked={{ type: 'record-weight' }}>
          <WeightEntry
            session={session}
            onDone={() => setCorrecting(false)}
            {...(recorded === null ? {} : { onCancel: () => setCorrecting(false) })}
          />
        </WhoMay>
      ) : (
        <>
          <div className={styles.recorded}>
            <p className={styles.figure}>{asEntered(recorded.entered)}</p>
            {session?.dose.startedMs === null ? <Button onPress={correct}>{words.change}</Button> : null}
          </div>
          <WeightFacts session={session} grams={recorded.grams} unit={recorded.entered.unit} />
        </>
      )}
    </Card>
  );
}

interface WeightEntryProps {
  readonly session: SessionView;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

function WeightEntry({ session, onDone, onCancel }: WeightEntryProps) {
  const words = startText.weight;
  const noteId = useId();
  const [typed, setTyped] = useState('');
  const [unit, setUnit] = useState<WeightUnit | null>(null);
  const [second, setSecond] = useState<SecondReading | null>(null);
  const value = numberTyped(typed);
  const grams = gramsTyped(value, unit);
  const command = value === null || unit === null || grams === null ? null : ({ type: 'record-weight', value, unit } as const);
  const confirmed = second === null ? {} : confirmationOf(second);
  const act = useAct(command === null || confirmed === null ? null : { ...command, ...confirmed }, onDone);
  const asksSecond = second !== null || act.asks?.doubts.some(({ needs }) => needs === 'second-reading') === true;
  const waits = command === null || (asksSecond && (second === null || confirmed === null));
  return (
    <form
      className={styles.entry}
      onSubmit={(event) => {
        event.preventDefault();
        act.send();
      }}
    >
      <TypingPad label={words.label}>
        <WeightInput
          noteId={noteId}
          typed={typed}
          unit={unit}
          onChange={(nextTyped, nextUnit) => {
            setTyped(nextTyped);
            setUnit(nextUnit);
            setSecond(null);
          }}
        />
        {grams !== null && unit !== null ? (
          <WeightFacts session={session} grams={grams} unit={unit} />
        ) : (
          <p id={noteId} className={styles.note}>
            {typed.trim() !== '' && value === null ? words.notANumber : value !== null && unit === null ? words.chooseUnit : words.typeIt}
          </p>
        )}
        {asksSecond ? <SecondReadingFields reading={second ?? noReading} onChange={setSecond} /> : null}
      </TypingPad>
      <DoubtsForm act={act} />
      <div className={styles.actions}>
        {onCancel === undefined ? null : <Button onPress={onCancel}>{words.cancel}</Button>}
        <RecordButton
          label={
            act.busy
              ? words.saving
              : ((waits && asksSecond ? words.waitsAgain : act.waits) ??
                (act.asks === null ? words.record : doubtsText.record(act.asks.doubts.length)))
          }
          isDisabled={waits || act.busy || act.waits !== null}
          className={styles.record}
        />
      </div>
    </form>
  );
}

/** What the second reading says, or the height, as typed. */
interface SecondReading {
  readonly typed: string;
  readonly unit: WeightUnit | null;
  readonly height: string;
}
const noReading: SecondReading = { typed: '', unit: null, height: '' };

/** To be sent with the weight; null while neither is complete. */
function confirmationOf({ typed, unit, height }: SecondReading) {
  const [value, heightCm] = [numberTyped(typed), numberTyped(height)];
  if (value !== null && unit !== null) return { again: { value, unit } };
  return heightCm === null || heightCm < 50 || heightCm > 250 ? null : { heightCm };
}

interface SecondReadingFieldsProps {
  readonly reading: SecondReading;
  readonly onChange: (reading: SecondReading) => void;
}

/** Where nothing is known of a patient, the scale is read twice, or the height is held against it. */
function SecondReadingFields({ reading, onChange }: SecondReadingFieldsProps) {
  const words = startText.weight;
  const noteId = useId();
  return (
    <div className={styles.second}>
      <p id={noteId} className={styles.note}>
        {words.again}
      </p>
      <WeightInput
        noteId={noteId}
        typed={reading.typed}
        unit={reading.unit}
        label={words.againLabel}
        unitLabel={words.againUnit}
        onChange={(typed, unit) => onChange({ ...reading, typed, unit })}
      />
      <TextField
        label={words.height}
        value={reading.height}
        onChange={(height) => onChange({ ...reading, height })}
        inputMode="decimal"
        maxLength={5}
      />
    </div>
  );
}

interface WeightInputProps {
  readonly label?: string;
  readonly unitLabel?: string;
  readonly noteId: string;
  readonly typed: string;
  readonly unit: WeightUnit | null;
  readonly onChange: (typed: string, unit: WeightUnit | null) => void;
}

/** The number and its unit, side by side and of one size: neither goes without the other. */
function WeightInput({
  noteId,
  typed,
  unit,
  onChange,
  label = startText.weight.label,
  unitLabel = startText.weight.unit,
}: WeightInputProps) {
  const first = useBoard((board) => board.room.formats.weight);
  return (
    <div className={styles.row}>
      <input
        className={styles.input}
        aria-label={label}
        aria-describedby={noteId}
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        onChange={(event) => onChange(event.target.value, unit)}
      />
      <div className={styles.units} role="group" aria-label={unitLabel}>
        {(first === 'kg' ? (['kg', 'lb'] as const) : (['lb', 'kg'] as const)).map((one) => (
          <button key={one} type="button" className={styles.unit} aria-pressed={unit === one} onClick={() => onChange(typed, one)}>
            {one}
          </button>
        ))}
      </div>
    </div>
  );
}

interface WeightFactsProps {
  readonly session: SessionView;
  readonly grams: number;
  readonly unit: WeightUnit;
}

function WeightFacts({ session, grams, unit }: WeightFactsProps) {
  const words = startText.weight;
  const clock = useClockTime();
  const first = useBoard((board) => board.room.formats.weight);
  const { known } = useKnownPatient(session.patient.recordNumber);
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{words.also}</dt>
        <dd>{inOtherUnit(grams, unit)}</dd>
      </div>
      {known === null ? null : (
        <div>
          <dt>{words.lastVisit}</dt>
          <dd>{visitWords(known.lastVisit, grams, clock, first)}</dd>
        </div>
      )}
      <div>
        <dt>{words.basis}</dt>
        <dd>{words.actual}</dd>
      </div>
    </dl>
  );
}

function visitWords(visit: Patient['lastVisit'], grams: number, clock: ClockTime, first: WeightUnit): string {
  const words = startText.weight;
  if (visit === null || visit.weightGrams === null) return words.noLastVisit;
  const change = changeSince(grams, visit.weightGrams);
  return `${words.lastWeight(showWeight(visit.weightGrams, first), clock.day(visit.atMs))} · ${words.delta(change.kg, change.percent)}`;
}
