import { useState, type ReactNode } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { showMilli, showShort, thousandths } from '../../../shared/values/quantity.ts';
import type { ImDose, IntranasalDose, SublingualDose } from '../../../shared/clinical/protocol-dose.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { FieldsOf } from '../../components/act/fitting.tsx';
import { Icon } from '../../components/icon.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { WhoMay } from '../../components/act/who-may.tsx';
import { startText } from '../../text/start.ts';
import { EquationRows } from './equation-rows.tsx';
import { OrderAuthorityField, useOrderAuthority } from './order-authority.tsx';
import { OrderButton } from './order-button.tsx';
import { workedDevices, workedInjection, workedLozenges, type WorkedOrder } from './route-figures.ts';
import styles from './dose-card.module.css';

type RouteOrder = NonNullable<SessionView['dose']['routeOrder']>;
type Injections = Extract<RouteOrder, { route: 'im' }>;

interface InjectionFormProps {
  readonly session: SessionView;
  readonly dose: ImDose;
  readonly grams: number;
}

/** mg and mL of one injection or two, each equation large enough to be read out. */
export function InjectionForm({ session, dose, grams }: InjectionFormProps) {
  const words = startText.route;
  const order = session.dose.routeOrder?.route === 'im' ? session.dose.routeOrder : null;
  const [draft, setDraft] = useState<Readonly<Record<'mgPerKg' | 'second' | 'mgPerMl', string>> | null>(null);
  const shown = draft ?? injectionTyped(order, dose);
  const worked = workedInjection(grams, shown, dose);
  return (
    <OrderFrame
      session={session}
      worked={worked}
      agrees={order !== null && draft === null && order.weightGrams === grams}
      isOrdered={order !== null}
      onChange={draft === null ? () => setDraft(shown) : () => setDraft(null)}
      isChanging={draft !== null}
      onOrdered={() => setDraft(null)}
    >
      {draft === null ? null : (
        <div className={styles.figures}>
          <TextField
            label={words.mgPerKg}
            value={draft.mgPerKg}
            onChange={(mgPerKg) => setDraft({ ...draft, mgPerKg })}
            inputMode="decimal"
            maxLength={6}
            autoFocus
          />
          {dose.second === null ? null : (
            <TextField
              label={words.secondMgPerKg}
              value={draft.second}
              onChange={(second) => setDraft({ ...draft, second })}
              inputMode="decimal"
              maxLength={6}
            />
          )}
          <TextField
            label={words.vial}
            value={draft.mgPerMl}
            onChange={(mgPerMl) => setDraft({ ...draft, mgPerMl })}
            inputMode="decimal"
            maxLength={6}
          />
        </div>
      )}
    </OrderFrame>
  );
}

function injectionTyped(order: Injections | null, dose: ImDose): Readonly<Record<'mgPerKg' | 'second' | 'mgPerMl', string>> {
  if (order === null) {
    const second = dose.second === null ? '' : showShort(dose.second.mgPerKg, 3);
    return { mgPerKg: showShort(dose.mgPerKg, 3), second, mgPerMl: showShort(dose.mgPerMl, 3) };
  }
  return {
    mgPerKg: showMilli(order.ugPerKg),
    second: order.second === null ? '' : showMilli(order.second.ugPerKg),
    mgPerMl: showShort(order.vial.ug / order.vial.ul, 3),
  };
}

/** A nasal dose is chosen, not typed: it is a whole number of devices. */
export function DevicesForm({ session, dose }: { readonly session: SessionView; readonly dose: IntranasalDose }) {
  const order = session.dose.routeOrder?.route === 'intranasal' ? session.dose.routeOrder : null;
  const [chosen, setChosen] = useState<string | null>(null);
  const doseMg = Number(chosen ?? (order === null ? dose.doseMg : order.doseUg / 1000));
  return (
    <OrderFrame
      session={session}
      worked={workedDevices(thousandths(doseMg), dose)}
      agrees={order !== null && order.doseUg === thousandths(doseMg)}
      isOrdered={order !== null}
      isChanging={false}
      onOrdered={() => setChosen(null)}
    >
      {session.dose.startedMs === null ? (
        <ChoiceTiles
          label={startText.route.doseMg}
          value={String(doseMg)}
          onChange={setChosen}
          options={dose.dosesMg.map((one) => ({ value: String(one), label: `${showShort(one, 1)} mg` }))}
        />
      ) : null}
    </OrderFrame>
  );
}

interface LozengesFormProps {
  readonly session: SessionView;
  readonly dose: SublingualDose;
  readonly grams: number;
}

export function LozengesForm({ session, dose, grams }: LozengesFormProps) {
  const words = startText.route;
  const order = session.dose.routeOrder?.route === 'sublingual' ? session.dose.routeOrder : null;
  const [chosen, setChosen] = useState<number | null>(null);
  const halves = chosen ?? order?.halves ?? Math.round(dose.lozenges * 2);
  return (
    <OrderFrame
      session={session}
      worked={workedLozenges(halves, dose, grams)}
      agrees={order !== null && order.halves === halves && order.weightGrams === grams}
      isOrdered={order !== null}
      isChanging={false}
      onOrdered={() => setChosen(null)}
    >
      {session.dose.startedMs === null ? (
        <div className={styles.pair}>
          <Button onPress={() => setChosen(Math.max(1, halves - 1))} label={words.fewer}>
            −½
          </Button>
          <Button onPress={() => setChosen(halves + 1)} label={words.more}>
            +½
          </Button>
        </div>
      ) : null}
    </OrderFrame>
  );
}

interface OrderFrameProps {
  readonly session: SessionView;
  readonly worked: WorkedOrder | null;
  /** What stands here is what is ordered. */
  readonly agrees: boolean;
  readonly isOrdered: boolean;
  readonly isChanging: boolean;
  readonly onChange?: () => void;
  readonly onOrdered: () => void;
  readonly children: ReactNode;
}

/** The equations, whatever can be chosen about them, and the button that orders them. */
function OrderFrame({ session, worked, agrees, isOrdered, isChanging, onChange, onOrdered, children }: OrderFrameProps) {
  const words = startText.dose;
  const authority = useOrderAuthority();
  const command = worked === null ? null : { ...worked.command, ...authority.statement };
  const act = useAct(command, onOrdered, { second: authority.second });
  return (
    <>
      {worked === null ? <p className={styles.waits}>{words.impossible}</p> : <EquationRows rows={worked.rows} />}
      <FieldsOf fitting={act.fitting}>{children}</FieldsOf>
      {agrees || session.dose.startedMs !== null ? null : (
        <WhoMay asked={{ type: worked?.command.type ?? 'order-devices' }}>
          <OrderAuthorityField authority={authority} protocol={session.protocol} onEnter={act.send} busy={act.busy} />
        </WhoMay>
      )}
      <DoubtsForm act={act} />
      {session.dose.startedMs !== null ? null : (
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
