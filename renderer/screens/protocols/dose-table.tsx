import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { unconfirmedFigures, unconfirmedMark } from '../../../shared/clinical/unconfirmed.ts';
import { Segmented } from '../../components/fields/segmented.tsx';
import { protocolsText } from '../../text/protocols.ts';
import { doseFields } from './dose-fields.ts';
import { figureAt, type Editing } from './editing.ts';
import { FigureInput } from './figure-input.tsx';
import { textAt } from './protocol-draft.ts';
import styles from './protocol-tables.module.css';

const words = protocolsText.edit;

/** The figures of the dose with the range each must lie in. */
export function DoseTable({ protocol }: { readonly protocol: Protocol }) {
  const marked = new Map(unconfirmedFigures(protocol).map(({ path, words: figure }) => [path, figure]));
  return (
    <dl className={styles.figures}>
      {doseFields(protocol).map(({ label, path, range, none = '' }) => (
        <div key={path}>
          <dt>
            {label}
            {marked.has(path) ? <span className={styles.mark}>{`${marked.get(path) ?? ''} ${unconfirmedMark}`}</span> : null}
          </dt>
          <dd>
            <strong>{textAt(protocol, path) || none}</strong>
            {range === undefined ? null : (
              <span>
                {textAt(protocol, range[0])} – {textAt(protocol, range[1])}
              </span>
            )}
          </dd>
        </div>
      ))}
      {protocol.route === 'intranasal' ? (
        <div>
          <dt>{words.anchor.label}</dt>
          <dd>
            <strong>{words.anchor[protocol.dose.anchor]}</strong>
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

/** The same, to be typed over. */
export function DoseEditor({ editing }: { readonly editing: Editing }) {
  const { base } = editing;
  return (
    <div className={styles.doseEditor}>
      <div className={styles.doseHead} aria-hidden="true">
        <span />
        <span>{words.value}</span>
        <span>{words.low}</span>
        <span>{words.high}</span>
      </div>
      {doseFields(base).map(({ label, path, range }) => (
        <div key={path} role="group" aria-label={label} className={styles.doseRow}>
          <span className={styles.doseName}>{label}</span>
          <FigureInput label={label} hidden wide={path === 'dose.dosesMg'} {...figureAt(editing, path)} />
          {range === undefined ? null : (
            <>
              <FigureInput label={`${label}, ${words.low}`} hidden {...figureAt(editing, range[0])} />
              <FigureInput label={`${label}, ${words.high}`} hidden {...figureAt(editing, range[1])} />
            </>
          )}
        </div>
      ))}
      {base.route === 'intranasal' ? <AnchorChoice editing={editing} /> : null}
    </div>
  );
}

function AnchorChoice({ editing }: { readonly editing: Editing }) {
  const { value, onChange } = figureAt(editing, 'dose.anchor');
  return (
    <div className={styles.doseRow}>
      <span className={styles.doseName}>{words.anchor.label}</span>
      <Segmented
        label={words.anchor.label}
        value={value === 'last-device' ? 'last-device' : 'first-device'}
        onChange={onChange}
        options={[
          { value: 'first-device', label: words.anchor['first-device'] },
          { value: 'last-device', label: words.anchor['last-device'] },
        ]}
      />
    </div>
  );
}
