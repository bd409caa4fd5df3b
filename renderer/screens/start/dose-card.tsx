import { useState } from 'react';
import { workOutDilution, workOutDose, type DoseArithmetic, type DoseEquation } from '../../../shared/clinical/dose-order.ts';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import type { ProtocolSummary } from '../../../shared/contract/room-contract.ts';
import { showShort, thousandths } from '../../../shared/values/quantity.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { DoubtsForm } from '../../components/doubts-form.tsx';
import { Icon } from '../../components/icon.tsx';
import { numberTyped } from '../../format/number-typed.ts';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useAct } from '../../components/use-act.ts';
import { WhoMay } from '../../components/who-may.tsx';
import { startText } from '../../text/start.ts';
import { OrderAuthorityField, useOrderAuthority } from './order-authority.tsx';
import { OrderButton } from './order-button.tsx';
import { DevicesForm, InjectionForm, LozengesForm } from './route-dose-card.tsx';
import { useProtocols } from './protocol-card.tsx';
import { cardPlaces } from './start-waits.ts';
import styles from './dose-card.module.css';
import { ReadFailed } from '../../components/read-failed.tsx';

/** Figures of an order as people say them. */
interface OrderFigures {
  readonly mgPerKg: number;
  readonly minutes: number;
  readonly mgPerMl: number;
}

/** Three equations, each result large enough to be read out across the room. */
export function DoseCard({ session }: { readonly session: SessionSection | null }) {
  const words = startText.dose;
  const protocols = useProtocols();
  const protocol =
    protocols.data?.find((one) => one.protocolId === session?.protocol.protocolId && one.version === session.protocol.version) ?? null;
  const weight = session?.weight ?? null;
  return (
    <Card place={cardPlaces.order} heading={words.heading} number={4} aside={words.aside} className={styles.card}>
      <ReadFailed of={protocols} words={startText.protocol.failed} />
      {session !== null && session.dosing.protocol.route !== 'iv' ? (
        <RouteOrderForm session={session} />
      ) : session === null || weight === null ? (
        <p className={styles.waits}>{words.waitsWeight}</p>
      ) : (
        <OrderForm key={`${session.sessionId} ${session.dose.order === null}`} session={session} grams={weight.grams} protocol={protocol} />
      )}
    </Card>
  );
}

/** By any other route; a nasal dose is the one that needs no weight. */
function RouteOrderForm({ session }: { readonly session: SessionSection }) {
  const { protocol } = session.dosing;
  if (protocol.route === 'intranasal') return <DevicesForm session={session} dose={protocol.dose} />;
  if (session.weight === null) return <p className={styles.waits}>{startText.dose.waitsWeight}</p>;
  const { grams } = session.weight;
  if (protocol.route === 'im') return <InjectionForm session={session} dose={protocol.dose} grams={grams} />;
  return protocol.route === 'sublingual' ? <LozengesForm session={session} dose={protocol.dose} grams={grams} /> : null;
}

interface OrderFormProps {
  readonly session: SessionSection;
  readonly grams: number;
  readonly protocol: ProtocolSummary | null;
}

function OrderForm({ session, grams, protocol }: OrderFormProps) {
  const words = startText.dose;
  const { order, startedMs } = session.dose;
  const [draft, setDraft] = useState<Readonly<Record<keyof OrderFigures, string>> | null>(null);
  const base = order === null ? (protocol?.dose ?? null) : figuresOf(order);
  const figures = draft === null ? base : typedFigures(draft);
  const worked = figures === null ? null : workOut(grams, figures);
  const agrees = order !== null && order.weightGrams === grams && draft === null;
  const authority = useOrderAuthority();
  const command = figures === null || worked === null ? null : ({ type: 'order-dose', ...figures, ...authority.statement } as const);
  const act = useAct(command, () => setDraft(null), { second: authority.second });
  return (
    <>
      {worked === null ? (
        <p className={styles.waits}>{words.impossible}</p>
      ) : (
        <Equations worked={worked} protocol={protocol} minutes={figures?.minutes ?? 0} />
      )}
      {draft === null || base === null ? null : <Figures draft={draft} onChange={setDraft} protocol={protocol} />}
      {order !== null && order.weightGrams !== grams ? <RefusalNote words={words.weightChanged} /> : null}
      {agrees || startedMs !== null ? null : (
        <WhoMay asked={{ type: 'order-dose' }}>
          <OrderAuthorityField authority={authority} protocol={session.protocol} onEnter={act.send} busy={act.busy} />
        </WhoMay>
      )}
      <DoubtsForm act={act} />
      {startedMs !== null ? null : (
        <footer className={styles.footer}>
          {base === null ? null : (
            <Button onPress={() => setDraft(draft === null ? asTyped(base) : null)}>{draft === null ? words.change : words.keep}</Button>
          )}
          {agrees ? (
            <p className={styles.ordered}>
              <Icon name="check" size={22} />{' '}
              {session.dosing.orderedBy === null ? words.ordered : words.orderedBy(session.dosing.orderedBy)}
            </p>
          ) : (
            <OrderButton
              act={act}
              waits={worked === null ? words.impossible : authority.waits}
              label={order !== null && draft === null ? words.orderAgain : words.order}
            />
          )}
        </footer>
      )}
    </>
  );
}

function Equations({
  worked,
  protocol,
  minutes,
}: {
  readonly worked: DoseArithmetic;
  readonly protocol: ProtocolSummary | null;
  readonly minutes: number;
}) {
  const words = startText.dose;
  const infusion = protocol?.dose ?? null;
  const notes: Readonly<Record<DoseEquation['of'], string>> = {
    dose:
      infusion === null ? words.doseNote : words.allowed(showShort(infusion.mgPerKgRange[0], 2), showShort(infusion.mgPerKgRange[1], 2)),
    volume: bagNote(worked, protocol),
    rate: words.pump(showShort(worked.ugPerKgMin, 2), showShort(minutes, 1)),
    'dose-rate': '',
  };
  return (
    <div className={styles.equations}>
      {worked.equations
        .filter((equation) => equation.of !== 'dose-rate')
        .map((equation) => (
          <section key={equation.of} className={styles.equation}>
            <p className={styles.parts}>
              {equation.parts.map((part) => (
                <span key={`${part.sign}${part.unit}`}>
                  {part.sign === '' ? '' : ` ${part.sign} `}
                  <strong>{part.value}</strong> {part.unit}
                </span>
              ))}
              <span className={styles.equals}> =</span>
            </p>
            <p className={styles.result}>
              <strong>{equation.result.value}</strong> {equation.result.unit}
            </p>
            <p className={styles.under}>{notes[equation.of]}</p>
          </section>
        ))}
    </div>
  );
}

/** From the vial to the bag, where the protocol's vial can make it. */
function bagNote(worked: DoseArithmetic, protocol: ProtocolSummary | null): string {
  const words = startText.dose;
  const strength = words.bag(showShort(worked.bag.ug / worked.bag.ul, 3));
  const infusion = protocol?.dose ?? null;
  if (infusion === null) return strength;
  const { vialMg, vialMgPerMl } = infusion;
  try {
    const dilution = workOutDilution(worked.bag, { ug: thousandths(vialMg), ugPerMl: thousandths(vialMgPerMl) });
    const show = (value: number): string => showShort(value / 1000, 2);
    return `${strength} · ${words.fromVial(show(dilution.drawUl), String(vialMgPerMl), show(dilution.diluentUl))} · ${words.vialLeaves(String(vialMg), show(dilution.vialRemainderUg))}`;
  } catch {
    return `${strength} · ${words.noVial(String(vialMg), String(vialMgPerMl))}`;
  }
}

interface FiguresProps {
  readonly draft: Readonly<Record<keyof OrderFigures, string>>;
  readonly onChange: (draft: Readonly<Record<keyof OrderFigures, string>>) => void;
  readonly protocol: ProtocolSummary | null;
}

function Figures({ draft, onChange, protocol }: FiguresProps) {
  const words = startText.dose;
  const range = protocol?.dose?.mgPerKgRange;
  return (
    <div className={styles.figures}>
      <TextField
        label={words.mgPerKg}
        value={draft.mgPerKg}
        onChange={(mgPerKg) => onChange({ ...draft, mgPerKg })}
        inputMode="decimal"
        maxLength={6}
        autoFocus
        hint={range === undefined ? undefined : words.rangeHint(showShort(range[0], 2), showShort(range[1], 2))}
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

function figuresOf(order: NonNullable<SessionSection['dose']['order']>): OrderFigures {
  return { mgPerKg: order.ugPerKg / 1000, minutes: order.minutes, mgPerMl: Number((order.bag.ug / order.bag.ul).toFixed(3)) };
}

function asTyped(figures: OrderFigures): Readonly<Record<keyof OrderFigures, string>> {
  return { mgPerKg: showShort(figures.mgPerKg, 3), minutes: showShort(figures.minutes, 1), mgPerMl: showShort(figures.mgPerMl, 3) };
}

function typedFigures(draft: Readonly<Record<keyof OrderFigures, string>>): OrderFigures | null {
  const [mgPerKg, minutes, mgPerMl] = [numberTyped(draft.mgPerKg), numberTyped(draft.minutes), numberTyped(draft.mgPerMl)];
  return mgPerKg === null || minutes === null || mgPerMl === null ? null : { mgPerKg, minutes, mgPerMl };
}

/** null where the figures give no dose; the service refuses the same ones. */
function workOut(grams: number, { mgPerKg, minutes, mgPerMl }: OrderFigures): DoseArithmetic | null {
  const strength = thousandths(thousandths(mgPerMl));
  if (strength < 1 || minutes <= 0) return null;
  try {
    return workOutDose({ grams, ugPerKg: thousandths(mgPerKg), minutes, concentration: { ug: strength, ul: 1_000_000 } });
  } catch {
    return null;
  }
}
