import { milestones } from '../../../shared/clinical/milestone.ts';
import { Segmented } from '../../components/fields/segmented.tsx';
import { protocolsText } from '../../text/protocols.ts';
import { figureAt, type Editing } from './editing.ts';
import styles from './protocol-tables.module.css';

const words = protocolsText.edit.stops;

/** Of each item before the dose, whether a reason passes it. */
export function StopEditor({ editing }: { readonly editing: Editing }) {
  return (
    <ul className={styles.rows}>
      {editing.base.milestones.map(({ milestone, beforeDose }, index) =>
        beforeDose ? (
          <li key={milestone} className={styles.scheduleRow}>
            <span className={styles.rowName}>
              <strong>{milestones[milestone].label}</strong>
            </span>
            <StopChoice path={`milestones.${index}.stop`} name={milestones[milestone].label} editing={editing} />
          </li>
        ) : null,
      )}
    </ul>
  );
}

function StopChoice({ path, name, editing }: { readonly path: string; readonly name: string; readonly editing: Editing }) {
  const { value, onChange } = figureAt(editing, path);
  return (
    <Segmented
      label={words.of(name)}
      value={value === 'true' ? 'true' : 'false'}
      onChange={onChange}
      options={[
        { value: 'false', label: words.reason },
        { value: 'true', label: words.stop },
      ]}
    />
  );
}
