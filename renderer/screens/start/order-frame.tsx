import type { ReactNode } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { FieldsOf } from '../../components/act/fitting.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { WhoMay } from '../../components/act/who-may.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { startText } from '../../text/start.ts';
import { CardWaits } from './card-waits.tsx';
import { EquationRows } from './equation-rows.tsx';
import { OrderAuthorityField, useOrderAuthority } from './order-authority.tsx';
import { OrderButton } from './order-button.tsx';
import type { OrderCommand, WorkedOrder } from './route-figures.ts';
import styles from './dose-card.module.css';

interface OrderFrameProps {
  readonly session: SessionView;
  readonly orders: OrderCommand['type'];
  /** null where the figures give no dose. */
  readonly worked: WorkedOrder | null;
  /** What stands here is what is ordered. */
  readonly agrees: boolean;
  readonly isOrdered: boolean;
  /** The order was worked out from another weight. */
  readonly weightChanged?: boolean;
  readonly isChanging: boolean;
  readonly onChange?: () => void;
  readonly onOrdered: () => void;
  /** What can be chosen or typed about it. */
  readonly children: ReactNode;
}

/** The equations, whatever can be chosen about them, whose order it is, and the button that orders them. */
export function OrderFrame(props: OrderFrameProps) {
  const { session, orders, worked, agrees, isOrdered, weightChanged = false, isChanging, onChange, onOrdered, children } = props;
  const words = startText.dose;
  const authority = useOrderAuthority();
  const act = useAct(worked === null ? null : { ...worked.command, ...authority.statement }, onOrdered, { second: authority.second });
  const isStarted = session.dose.startedMs !== null;
  return (
    <>
      {worked === null ? <CardWaits>{words.impossible}</CardWaits> : <EquationRows rows={worked.rows} />}
      <FieldsOf fitting={act.fitting}>{children}</FieldsOf>
      {weightChanged ? <RefusalNote words={words.weightChanged} /> : null}
      {agrees || isStarted ? null : (
        <WhoMay asked={{ type: orders }}>
          <OrderAuthorityField authority={authority} protocol={session.protocol} onEnter={act.send} busy={act.busy} />
        </WhoMay>
      )}
      <DoubtsForm act={act} />
      {isStarted ? null : (
        <footer className={styles.footer}>
          {onChange === undefined ? null : <Button onPress={onChange}>{isChanging ? words.keep : words.change}</Button>}
          {agrees ? (
            <p className={styles.ordered}>
              <Icon name="check" size={22} />{' '}
              {session.dosing.orderedBy === null ? words.ordered : words.orderedBy(session.dosing.orderedBy)}
            </p>
          ) : (
            <OrderButton
              act={act}
              waits={worked === null ? words.impossible : authority.waits}
              label={isOrdered && !isChanging ? words.orderAgain : words.order}
            />
          )}
        </footer>
      )}
    </>
  );
}
