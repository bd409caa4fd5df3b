import { useState } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { showMilli, showShort, thousandths } from '../../../shared/values/quantity.ts';
import type { ImDose, IntranasalDose, SublingualDose } from '../../../shared/clinical/protocol-dose.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { startText } from '../../text/start.ts';
import { OrderFrame } from './order-frame.tsx';
import { workedDevices, workedInjection, workedLozenges } from './route-figures.ts';
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
      orders="order-injection"
      worked={worked}
      agrees={order !== null && draft === null && order.weightGrams === grams}
      weightChanged={order !== null && order.weightGrams !== grams}
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
      orders="order-devices"
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
      orders="order-lozenges"
      worked={workedLozenges(halves, dose, grams)}
      agrees={order !== null && order.halves === halves && order.weightGrams === grams}
      weightChanged={order !== null && order.weightGrams !== grams}
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
