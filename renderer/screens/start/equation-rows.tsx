import type { DoseEquation } from '../../../shared/clinical/dose-order.ts';
import styles from './dose-card.module.css';

export interface EquationRow {
  readonly equation: DoseEquation;
  /** What it is, and what the protocol says about it. */
  readonly note: string;
}

/** Arithmetic in front of whoever gives it: the parts, then a result that can be read out across the room. */
export function EquationRows({ rows }: { readonly rows: readonly EquationRow[] }) {
  return (
    <div className={styles.equations}>
      {rows.map(({ equation, note }, index) => (
        <section key={index} className={styles.equation}>
          <p className={styles.parts}>
            {equation.parts.map((part) => (
              <span key={`${part.sign}${part.unit}`}>
                {part.sign === '' ? '' : ` ${part.sign} `}
                <strong>{part.value}</strong> {part.unit}
              </span>
            ))}
            <span className={styles.equals}> =</span>
            {equation.result.exact === undefined ? null : (
              <span className={styles.exact}>
                {' '}
                {equation.result.exact} {equation.result.unit} →
              </span>
            )}
          </p>
          <p className={styles.result}>
            <strong>{equation.result.value}</strong> {equation.result.unit}
          </p>
          <p className={styles.under}>
            {equation.result.is === undefined ? null : <strong className={styles.is}>{equation.result.is} · </strong>}
            {note}
          </p>
        </section>
      ))}
    </div>
  );
}
