import type { DischargeCriterion } from '../../../shared/clinical/protocol-discharge.ts';
import { Segmented } from '../../components/fields/segmented.tsx';
import { protocolsText } from '../../text/protocols.ts';
import { figureAt, type Editing } from './editing.ts';
import { FigureInput } from './figure-input.tsx';
import styles from './protocol-tables.module.css';

/** What each criterion asks, in the protocol's own words. */
export function DischargeTable({ criteria }: { readonly criteria: readonly DischargeCriterion[] }) {
  return (
    <ul className={styles.rows}>
      {criteria.map((criterion) => (
        <li key={criterion.id} className={styles.scheduleRow}>
          <span className={styles.rowName}>
            <strong>{criterion.label}</strong>
            <span>{criterion.hint}</span>
          </span>
          <span className={styles.rowText}>{criterion.required ? protocolsText.required : protocolsText.optional}</span>
        </li>
      ))}
    </ul>
  );
}

/** The threshold of a criterion, where it has one. */
function thresholdOf({ kind }: DischargeCriterion): string | null {
  switch (kind) {
    case 'score':
      return 'value';
    case 'back-to-baseline':
      return 'allowedAbove';
    case 'vitals-near-baseline':
      return 'percent';
    case 'time-since':
      return 'minutes';
    case 'milestone':
    case 'confirmed':
      return null;
  }
}

export function DischargeEditor({ editing }: { readonly editing: Editing }) {
  return (
    <ul className={styles.rows}>
      {editing.base.discharge.criteria.map((criterion, index) => {
        const threshold = thresholdOf(criterion);
        const path = `discharge.criteria.${index}`;
        if (threshold === null) return null;
        return (
          <li key={criterion.id} className={styles.criterionRow}>
            <FigureInput label={criterion.id} hidden wide {...figureAt(editing, `${path}.label`)} />
            <FigureInput label={`${criterion.label}: ${threshold}`} hidden {...figureAt(editing, `${path}.${threshold}`)} />
            {criterion.kind === 'time-since' && editing.base.route === 'im' ? <SinceChoice path={path} editing={editing} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

const { since } = protocolsText.edit;

/** Which of two injections the minutes before leaving count from. */
function SinceChoice({ path, editing }: { readonly path: string; readonly editing: Editing }) {
  const { value, onChange } = figureAt(editing, `${path}.since`);
  return (
    <Segmented
      label={since.label}
      value={value === 'dose-start' ? 'dose-start' : 'last-dose'}
      onChange={onChange}
      options={[
        { value: 'dose-start', label: since['dose-start'] },
        { value: 'last-dose', label: since['last-dose'] },
      ]}
    />
  );
}
