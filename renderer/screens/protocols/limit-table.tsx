import type { Limit } from '../../../shared/clinical/protocol-limits.ts';
import { Button } from '../../components/button.tsx';
import { Subscript } from '../../components/subscript.tsx';
import { protocolsText } from '../../text/protocols.ts';
import { figureAt, rowAt, type Editing } from './editing.ts';
import { FigureInput } from './figure-input.tsx';
import styles from './protocol-tables.module.css';

const words = protocolsText;

function nameOf({ parameter, act, comparison }: Limit): string {
  return `${words.parameter[parameter]}, ${words.act[act]}, ${words.comparison[comparison]}`;
}

export function limitText({ comparison, value, note }: Pick<Limit, 'comparison' | 'value' | 'note'>): string {
  const text = comparison === 'percent-above-baseline' ? words.overBaseline(value) : `${words.comparison[comparison]} ${value}`;
  return note === '' ? text : `${text} ${note}`;
}

/** One row a parameter, one column an act; an empty cell is a limit that the protocol does not have. */
export function LimitTable({ limits }: { readonly limits: readonly Limit[] }) {
  const parameters = [...new Set(limits.map((limit) => limit.parameter))];
  const acts = ['ask', 'hold', 'review', 'stop'] as const;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words.limit}</th>
          {acts.map((act) => (
            <th key={act} scope="col">
              {words.act[act]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {parameters.map((parameter) => (
          <tr key={parameter}>
            <th scope="row">
              <Subscript>{words.parameter[parameter]}</Subscript>
            </th>
            {acts.map((act) => (
              <td key={act}>
                {limits
                  .filter((limit) => limit.parameter === parameter && limit.act === act)
                  .map((limit) => (
                    <span key={`${limit.comparison} ${limit.value} ${limit.note}`} className={styles.cellLine}>
                      {limitText(limit)}
                    </span>
                  ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function LimitEditor({ editing }: { readonly editing: Editing }) {
  return (
    <ul className={styles.rows}>
      {editing.base.limits.map((limit, index) => (
        <LimitRow key={`${nameOf(limit)} ${limit.value} ${limit.note}`} limit={limit} path={`limits.${index}`} editing={editing} />
      ))}
    </ul>
  );
}

function LimitRow({ limit, path, editing }: { readonly limit: Limit; readonly path: string; readonly editing: Editing }) {
  const { removed, toggle } = rowAt(editing, path);
  const name = nameOf(limit);
  return (
    <li className={styles.limitRow} data-removed={removed}>
      <span className={styles.limitName}>
        <strong>
          <Subscript>{words.parameter[limit.parameter]}</Subscript>
        </strong>
        <span>{words.act[limit.act]}</span>
      </span>
      {removed ? (
        <span className={styles.removed}>{words.edit.removed}</span>
      ) : (
        <>
          <span className={styles.sign}>{words.comparison[limit.comparison]}</span>
          <FigureInput label={name} hidden {...figureAt(editing, `${path}.value`)} />
          <FigureInput label={`${name}, ${words.edit.note}`} hidden wide {...figureAt(editing, `${path}.note`)} />
        </>
      )}
      <Button kind="tool" onPress={toggle} label={removed ? words.edit.keepOf(name) : words.edit.removeOf(name)}>
        {removed ? words.edit.keep : words.edit.remove}
      </Button>
    </li>
  );
}
