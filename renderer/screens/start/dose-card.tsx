import { useState } from 'react';
import { workOutDilution, type DoseArithmetic, type DoseEquation } from '../../../shared/clinical/dose-order.ts';
import { minutesForBag } from '../../../shared/clinical/dosing.ts';
import { workOutInfusion, type InfusionFigures } from '../../../shared/clinical/protocol-order.ts';
import type { IvDose } from '../../../shared/clinical/protocol-dose.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { showMilli, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { Card } from '../../components/card.tsx';
import { numberTyped } from '../../format/number-typed.ts';
import { TextField } from '../../components/fields/text-field.tsx';
import { startText } from '../../text/start.ts';
import { CardWaits } from './card-waits.tsx';
import { OrderFrame } from './order-frame.tsx';
import { DevicesForm, InjectionForm, LozengesForm } from './route-dose-card.tsx';
import type { WorkedOrder } from './route-figures.ts';
import { cardPlaces } from './start-waits.ts';
import styles from './dose-card.module.css';

type Draft = Readonly<Record<keyof InfusionFigures, string>>;

/** Three equations, each result large enough to be read out across the room. */
export function DoseCard({ session }: { readonly session: SessionView | null }) {
  const words = startText.dose;
  return (
    <Card place={cardPlaces.order} heading={words.heading} number={4} aside={words.aside} className={styles.card}>
      {session === null ? <CardWaits>{words.waitsWeight}</CardWaits> : <OrderOfRoute session={session} />}
    </Card>
  );
}

/** Every other dose needs a weight before it can be worked out. */
function OrderOfRoute({ session }: { readonly session: SessionView }) {
  const { protocol } = session.dosing;
  if (protocol.route === 'intranasal') return <DevicesForm session={session} dose={protocol.dose} />;
  if (session.weight === null) return <CardWaits>{startText.dose.waitsWeight}</CardWaits>;
  const { grams } = session.weight;
  switch (protocol.route) {
    case 'iv':
      return <OrderForm key={`${session.sessionId} ${session.dose.order === null}`} session={session} grams={grams} dose={protocol.dose} />;
    case 'im':
      return <InjectionForm session={session} dose={protocol.dose} grams={grams} />;
    case 'sublingual':
      return <LozengesForm session={session} dose={protocol.dose} grams={grams} />;
  }
}

interface OrderFormProps {
  readonly session: SessionView;
  readonly grams: number;
  readonly dose: IvDose;
}

function OrderForm({ session, grams, dose }: OrderFormProps) {
  const { order } = session.dose;
  const [draft, setDraft] = useState<Draft | null>(null);
  const base = order === null ? { mgPerKg: dose.mgPerKg, minutes: dose.minutes, mgPerMl: dose.mgPerMl } : figuresOf(order);
  const figures = draft === null ? base : typedFigures(draft);
  const worked = figures === null ? null : workedInfusion(dose, grams, figures);
  return (
    <OrderFrame
      session={session}
      orders="order-dose"
      worked={worked}
      agrees={order !== null && order.weightGrams === grams && draft === null}
      isOrdered={order !== null}
      weightChanged={order !== null && order.weightGrams !== grams}
      isChanging={draft !== null}
      onChange={() => setDraft(draft === null ? asTyped(base) : null)}
      onOrdered={() => setDraft(null)}
    >
      {draft === null ? null : <Figures draft={draft} onChange={setDraft} range={dose.mgPerKgRange} />}
    </OrderFrame>
  );
}

/** An equation with what the protocol says about it; the dose rate stands beside the pump's. */
function rowOf(equation: DoseEquation, worked: DoseArithmetic, dose: IvDose) {
  const words = startText.dose;
  const [low, high] = dose.mgPerKgRange.map((mgPerKg) => showShort(mgPerKg, 2));
  const minutes = minutesForBag(worked.bag, worked.rateUlPerHour);
  switch (equation.of) {
    case 'dose':
      return [{ equation, note: [words.allowed(low ?? '', high ?? ''), ...stepsNote(dose.steps)].join(' · ') }];
    case 'volume':
      return [{ equation, note: bagNote(worked, dose) }];
    case 'rate':
      return [{ equation, note: words.pump(showShort(worked.ugPerKgMin, 2), showShort(minutes, 1)) }];
    case 'dose-rate':
      return [];
  }
}

function stepsNote(steps: IvDose['steps']): readonly string[] {
  return steps === undefined ? [] : [startText.dose.steps(showShort(steps.mg, 3), showShort(steps.ml, 3))];
}

/** From the vial to the bag, where the protocol's vial can make it. */
function bagNote({ bag }: DoseArithmetic, { vial }: IvDose): string {
  const words = startText.dose;
  const strength = words.bag(showShort(bag.ug / bag.ul, 3));
  const [vialMg, vialMgPerMl] = [showShort(vial.mg, 3), showShort(vial.mgPerMl, 3)];
  try {
    const dilution = workOutDilution(bag, { ug: thousandths(vial.mg), ugPerMl: thousandths(vial.mgPerMl) });
    const made = words.fromVial(showMilli(dilution.drawUl), vialMgPerMl, showMilli(bag.ul));
    return [strength, made, words.vialLeaves(vialMg, showMilli(dilution.vialRemainderUg))].join(' · ');
  } catch {
    return [strength, words.noVial(vialMg, vialMgPerMl)].join(' · ');
  }
}

interface FiguresProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly range: IvDose['mgPerKgRange'];
}

function Figures({ draft, onChange, range }: FiguresProps) {
  const words = startText.dose;
  return (
    <div className={styles.figures}>
      <TextField
        label={words.mgPerKg}
        value={draft.mgPerKg}
        onChange={(mgPerKg) => onChange({ ...draft, mgPerKg })}
        inputMode="decimal"
        maxLength={6}
        autoFocus
        hint={words.rangeHint(showShort(range[0], 2), showShort(range[1], 2))}
      />
      <TextField
        label={words.minutes}
        value={draft.minutes}
        onChange={(minutes) => onChange({ ...draft, minutes })}
        inputMode="decimal"
        maxLength={5}
      />
      <TextField
        label={words.mgPerMl}
        value={draft.mgPerMl}
        onChange={(mgPerMl) => onChange({ ...draft, mgPerMl })}
        inputMode="decimal"
        maxLength={7}
      />
    </div>
  );
}

/** As it was asked for; the bag that was made of it may be a little stronger or weaker. */
function figuresOf({ ugPerKg, minutes, bag, exact }: NonNullable<SessionView['dose']['order']>): InfusionFigures {
  const strength = exact === undefined ? bag.ug / bag.ul : exact.doseUg / exact.volumeUl;
  return { mgPerKg: ugPerKg / 1000, minutes, mgPerMl: Number(strength.toFixed(3)) };
}

function asTyped(figures: InfusionFigures): Draft {
  return { mgPerKg: showShort(figures.mgPerKg, 3), minutes: showShort(figures.minutes, 1), mgPerMl: showShort(figures.mgPerMl, 3) };
}

function typedFigures(draft: Draft): InfusionFigures | null {
  const [mgPerKg, minutes, mgPerMl] = [numberTyped(draft.mgPerKg), numberTyped(draft.minutes), numberTyped(draft.mgPerMl)];
  return mgPerKg === null || minutes === null || mgPerMl === null ? null : { mgPerKg, minutes, mgPerMl };
}

/** null where the figures give no dose; the service refuses the same ones. */
function workedInfusion(dose: IvDose, grams: number, figures: InfusionFigures): WorkedOrder | null {
  if (figures.minutes <= 0) return null;
  try {
    const worked = workOutInfusion(dose, grams, figures);
    const rows = worked.equations.flatMap((equation) => rowOf(equation, worked, dose));
    return { rows, command: { type: 'order-dose', ...figures } };
  } catch {
    return null;
  }
}
