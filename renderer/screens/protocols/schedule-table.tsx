import type { ScheduleRow } from '../../../shared/clinical/protocol-schedule.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { Subscript } from '../../components/subscript.tsx';
import { protocolsText } from '../../text/protocols.ts';
import { figureAt, rowAt, type Editing } from './editing.ts';
import { FigureInput } from './figure-input.tsx';
import styles from './protocol-tables.module.css';

const words = protocolsText;

function whenText({ times, anchor }: ScheduleRow): string {
  const at = 'atMin' in times ? words.at(times.atMin) : words.every(times.fromMin, times.everyMin, times.until);
  return `${at} ${words.anchor(anchor)}`;
}

/** Rows of the schedule in words: what, when, and how far off still counts. */
export function ScheduleTable({ schedule }: { readonly schedule: readonly ScheduleRow[] }) {
  return (
    <ul className={styles.rows}>
      {schedule.map((row) => (
        <li key={row.id} className={styles.scheduleRow}>
          <span className={styles.rowName}>
            <strong>
              <Subscript>{row.label}</Subscript>
            </strong>
            <span>{row.detail}</span>
          </span>
          <span className={styles.rowText}>
            {whenText(row)}
            {row.kind === 'predicted' ? null : ` · ${words.tolerance(row.earlyMin, row.lateMin)}`}
            {row.shiftsWithPause === true ? ` · ${words.shifts}` : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function ScheduleEditor({ editing }: { readonly editing: Editing }) {
  return (
    <ul className={styles.rows}>
      {editing.base.schedule.map((row, index) => (
        <ScheduleEditorRow key={row.id} row={row} path={`schedule.${index}`} editing={editing} />
      ))}
    </ul>
  );
}

interface EditorRowProps {
  readonly row: ScheduleRow;
  readonly path: string;
  readonly editing: Editing;
}

function ScheduleEditorRow({ row, path, editing }: EditorRowProps) {
  const { removed, toggle } = rowAt(editing, path);
  const name = `${row.label}, ${row.detail}`;
  return (
    <li className={styles.editorRow} data-removed={removed} aria-label={name}>
      <div className={styles.editorHead}>
        <span className={styles.rowName}>
          <strong>
            <Subscript>{row.label}</Subscript>
          </strong>
          <span>
            {row.detail} · {words.anchor(row.anchor)}
          </span>
        </span>
        <Button kind="tool" onPress={toggle} label={removed ? words.edit.keepOf(name) : words.edit.removeOf(name)}>
          {removed ? words.edit.keep : words.edit.remove}
        </Button>
      </div>
      {removed ? <p className={styles.removed}>{words.edit.removed}</p> : <RowFigures row={row} path={path} editing={editing} />}
    </li>
  );
}

function RowFigures({ row, path, editing }: EditorRowProps) {
  if (row.kind === 'predicted') return null;
  const field = (label: string, key: string, wide = false) => (
    <FigureInput label={label} wide={wide} {...figureAt(editing, `${path}.${key}`)} />
  );
  const canShift = editing.base.route === 'iv' && row.anchor === 'dose-start';
  return (
    <div className={styles.rowFigures}>
      {'atMin' in row.times ? (
        field(words.edit.minutes, 'times.atMin', true)
      ) : (
        <>
          {field(words.edit.from, 'times.fromMin')}
          {field(words.edit.every, 'times.everyMin')}
        </>
      )}
      {field(words.edit.early, 'earlyMin')}
      {field(words.edit.late, 'lateMin')}
      {field(words.edit.detail, 'detail', true)}
      {canShift ? <ShiftChoice path={path} editing={editing} name={row.label} /> : null}
    </div>
  );
}

function ShiftChoice({ path, editing, name }: Pick<EditorRowProps, 'path' | 'editing'> & { readonly name: string }) {
  const { value, onChange } = figureAt(editing, `${path}.shiftsWithPause`);
  const { label, yes, no } = words.edit.shift;
  return (
    <div className={styles.shift}>
      <span>{label}</span>
      <Segmented
        label={`${label}: ${name}`}
        value={value === 'true' ? 'true' : 'false'}
        onChange={onChange}
        options={[
          { value: 'false', label: no },
          { value: 'true', label: yes },
        ]}
      />
    </div>
  );
}
