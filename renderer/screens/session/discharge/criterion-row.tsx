import { useState } from 'react';
import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import type { DischargeLineView, DischargeView } from '../../../../shared/contract/session-view/discharge.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { useCommand } from '../../../live/use-command.ts';
import { dischargeText as words } from '../../../text/discharge.ts';
import { EscortForm } from './escort-form.tsx';
import { OverrideForm } from './override-form.tsx';
import styles from './criterion-row.module.css';

interface CriterionRowProps {
  readonly line: DischargeLineView;
  readonly escort: DischargeView['escort'];
  /** The dose is over: before that only the escort can be named. */
  readonly ended: boolean;
  readonly onRate: (instrument: InstrumentId) => void;
}

/** One criterion: its state in words, its evidence, and what a person can do about it. */
export function CriterionRow({ line, escort, ended, onRate }: CriterionRowProps) {
  const [form, setForm] = useState<'escort' | 'override' | null>(null);
  const { minute } = useClockTime();
  const close = (): void => setForm(null);
  const settled = line.verdict === 'met' || line.override !== null;
  const state = line.verdict !== 'met' && line.override !== null ? words.passedOver : words.verdict[line.verdict];
  return (
    <li className={styles.row} data-verdict={settled ? 'met' : line.verdict}>
      <Icon name={settled ? 'check' : 'ring'} size={22} className={styles.icon} />
      <div className={styles.text}>
        <p className={styles.label}>
          <strong>{line.label}</strong> <span className={styles.state}>{state}</span>
        </p>
        <p className={styles.evidence}>
          {line.evidence}
          {line.atMs === null ? null : <span className={styles.when}> · {words.at(minute(line.atMs), line.by)}</span>}
        </p>
        {line.override === null || line.verdict === 'met' ? null : (
          <p className={styles.evidence}>{words.passedOverBy(line.override.by, minute(line.override.atMs), line.override.reason)}</p>
        )}
      </div>
      {form === null ? <RowButtons line={line} settled={settled} ended={ended} onForm={setForm} onRate={onRate} /> : null}
      {form === 'escort' ? <EscortForm escort={escort} onClose={close} /> : null}
      {form === 'override' ? <OverrideForm line={line} onClose={close} /> : null}
    </li>
  );
}

interface RowButtonsProps {
  readonly line: DischargeLineView;
  readonly settled: boolean;
  readonly ended: boolean;
  readonly onRate: CriterionRowProps['onRate'];
  readonly onForm: (form: 'escort' | 'override') => void;
}

function RowButtons({ line, settled, ended, onForm, onRate }: RowButtonsProps) {
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const { instrument } = line;
  const say = (met: boolean): void => run({ type: 'confirm-criterion', criterion: line.criterion, met });
  return (
    <>
      <div className={styles.buttons}>
        {ended && instrument !== null && line.answeredBy === 'recording' ? (
          <Button kind={settled ? 'tool' : 'plain'} onPress={() => onRate(instrument)} label={words.rateName(line.label)}>
            {words.rate}
          </Button>
        ) : null}
        {ended && line.answeredBy === 'looking' ? (
          <>
            {line.verdict === 'met' ? null : (
              <Button onPress={() => say(true)} isDisabled={saving} label={words.yesName(line.label)}>
                {saving ? words.saving : words.yes}
              </Button>
            )}
            {line.verdict === 'not-met' ? null : (
              <Button kind="tool" onPress={() => say(false)} isDisabled={saving} label={words.noName(line.label)}>
                {words.no}
              </Button>
            )}
          </>
        ) : null}
        {line.answeredBy === 'escort' ? <Button onPress={() => onForm('escort')}>{words.escort.button}</Button> : null}
        {settled || !line.overridable || !ended ? null : (
          <Button kind="tool" onPress={() => onForm('override')} label={words.override.buttonName(line.label)}>
            {words.override.button}
          </Button>
        )}
      </div>
      {state.kind === 'refused' ? (
        <div className={styles.wide}>
          <RefusalNote words={state.message} />
        </div>
      ) : null}
    </>
  );
}
