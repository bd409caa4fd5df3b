import type { RecordFacts } from '../../../shared/contract/record-facts.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { Subscript } from '../../components/subscript.tsx';
import { recordText } from '../../text/record.ts';
import { factsOf } from './record-facts.ts';
import styles from './record-facts.module.css';

interface RecordFactsStripProps {
  readonly facts: RecordFacts;
  readonly session: SessionView;
}

export function RecordFactsStrip({ facts, session: { dose, dosing } }: RecordFactsStripProps) {
  return (
    <dl className={styles.facts} aria-label={recordText.facts.heading}>
      {factsOf(facts, dosing.protocol.route, dose.routeOrder ?? dose.order).map((fact) => (
        <div key={fact.term} className={styles.fact} data-series={fact.series}>
          <dt>
            <Subscript>{fact.term}</Subscript>
          </dt>
          <dd>
            <strong>{fact.figure}</strong> {fact.unit}
          </dd>
          <dd className={styles.under}>
            <Subscript>{fact.under}</Subscript>
          </dd>
        </div>
      ))}
    </dl>
  );
}
