import { useState } from 'react';
import { stockLabel, type Stock } from '../../../shared/clinical/controlled-drug.ts';
import type { SessionDrugsView } from '../../../shared/contract/drug-log-view.ts';
import { Button } from '../../components/button.tsx';
import { clinicalTimeOf, nowDraft, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useRoomInstant } from '../../components/act/use-room-instant.ts';
import { saidBesidePad, useSecondPerson } from '../../components/fields/use-second-person.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useCommand } from '../../live/use-command.ts';
import { useActor } from '../../live/use-seat.ts';
import { drugLogText } from '../../text/drug-log.ts';
import { distinctStocks, drawCommand, leftAfter, mgOfUnits, wasteCommand, wasteDraft, type WasteDraft } from './amounts-typed.ts';
import { StockField } from './stock-field.tsx';
import styles from './drug-log.module.css';
import { showMilli } from '../../../shared/values/quantity.ts';

const words = drugLogText.session;

interface SessionDrugsSheetProps {
  readonly onClose: () => void;
  readonly onLog: () => void;
}

/** What was drawn for this session and what of it was wasted, each signed by two people. */
export function SessionDrugsSheet({ onClose, onLog }: SessionDrugsSheetProps) {
  const drugs = useBoard((board) => board.session?.controlledDrugs);
  return (
    <Sheet label={words.title} onClose={onClose}>
      {/* After each entry the form begins anew, with what the account then leaves over. */}
      {drugs === undefined ? null : <SessionDrugsForm key={drugs.entries.length} drugs={drugs} onClose={onClose} onLog={onLog} />}
    </Sheet>
  );
}

/** What is on the form, and what it waits for. */
function useDrugEntry(drugs: SessionDrugsView) {
  const now = useRoomInstant();
  const stocks = distinctStocks([drugs.stock, ...drugs.entries.map((entry) => entry.stock)]);
  const [act, setAct] = useState<'draw' | 'waste'>(drugs.drawnUg === 0 ? 'draw' : 'waste');
  const [stock, setStock] = useState<Stock | null>(stocks[0] ?? null);
  const [units, setUnits] = useState('1');
  const [lot, setLot] = useState('');
  const [waste, setWaste] = useState<WasteDraft>(() => wasteDraft(drugs, true));
  const [when, setWhen] = useState<ClinicalTimeDraft>(nowDraft);
  const forDose = isForDose(stock, drugs);
  const leftUg = forDose ? leftAfter(drugs, waste) : null;
  const time = clinicalTimeOf(when, now);
  const choose = (chosen: Stock | null): void => {
    setStock(chosen);
    // If another drug is chosen, the amounts begin anew; if only a strength is typed, they stay.
    if (isForDose(chosen, drugs) !== forDose) setWaste(wasteDraft(drugs, isForDose(chosen, drugs)));
  };
  return { now, stocks, act, setAct, stock, choose, units, setUnits, lot, setLot, waste, setWaste, when, setWhen, forDose, leftUg, time };
}

function isForDose(stock: Stock | null, drugs: SessionDrugsView): boolean {
  return stock !== null && stock.drug.toLowerCase() === drugs.stock?.drug.toLowerCase();
}

function typedEntry({ stock, act, units, lot, waste, leftUg, forDose }: ReturnType<typeof useDrugEntry>) {
  if (stock === null) return { ok: false, waitsFor: words.waits.stock } as const;
  return act === 'draw' ? drawCommand(stock, units, lot) : wasteCommand(stock, waste, leftUg, forDose);
}

function SessionDrugsForm({ drugs, onClose, onLog }: SessionDrugsSheetProps & { readonly drugs: SessionDrugsView }) {
  const entry = useDrugEntry(drugs);
  const { act, time } = entry;
  const among = useBoard((board) => board.room.secondPersons['controlled-drugs']);
  const second = useSecondPerson(among, useActor({ type: 'draw-controlled-drug' }));
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const typed = typedEntry(entry);
  const waitsFor = !typed.ok ? typed.waitsFor : !time.ok ? time.problem : second.waits;
  const record = (): void => {
    if (!typed.ok || !time.ok || second.secondPerson === null) return;
    run(
      { ...typed.command, ...(time.at === undefined ? {} : { at: time.at }) },
      { witness: second.secondPerson, onRefused: (code, why) => saidBesidePad(second, code, why) },
    );
    second.forgetPin();
  };
  return (
    <SheetForm
      title={words.title}
      words={words.words}
      cancel={words.cancel}
      onCancel={onClose}
      confirm={saving ? words.saving : act === 'draw' ? words.recordDraw : words.recordWaste}
      waitsFor={waitsFor}
      busy={saving}
      onConfirm={record}
      refusal={state.kind === 'refused' ? state.message : null}
    >
      <div className={styles.top}>
        <Segmented
          label={words.act}
          value={act}
          onChange={entry.setAct}
          options={(['draw', 'waste'] as const).map((one) => ({ value: one, label: words.acts[one] }))}
          size="large"
        />
        <Button onPress={onLog}>{words.log}</Button>
      </div>
      <Account drugs={drugs} />
      <StockField label={words.stock} anotherLabel={words.another} stocks={entry.stocks} value={entry.stock} onChange={entry.choose} />
      {act === 'draw' ? (
        <DrawFields entry={entry} />
      ) : (
        <WasteFields drugs={drugs} draft={entry.waste} leftUg={entry.leftUg} forDose={entry.forDose} onChange={entry.setWaste} />
      )}
      <ClinicalTimeField draft={entry.when} onChange={entry.setWhen} now={entry.now} />
      <SecondPersonField draft={second} label={words.witness} onEnter={record} busy={saving} />
      <Entries drugs={drugs} />
    </SheetForm>
  );
}

function DrawFields({ entry }: { readonly entry: ReturnType<typeof useDrugEntry> }) {
  const { stock, units, setUnits, lot, setLot } = entry;
  return (
    <div className={styles.fields}>
      <TextField
        label={words.units(stock?.unit ?? 'vial')}
        value={units}
        onChange={setUnits}
        inputMode="decimal"
        maxLength={6}
        large
        hint={unitsHint(stock, units)}
      />
      <TextField label={words.lot} value={lot} onChange={setLot} maxLength={40} />
    </div>
  );
}

function unitsHint(stock: Stock | null, units: string): string | undefined {
  const mg = stock === null ? null : mgOfUnits(stock, units);
  return mg === null ? undefined : words.unitsAre(showMilli(mg * 1000));
}

function Account({ drugs }: { readonly drugs: SessionDrugsView }) {
  const { drawnUg, givenUg, wastedUg, differenceUg, openUg } = drugs;
  const facts: readonly (readonly [string, string])[] = [
    [words.drawn, drugLogText.mg(showMilli(drawnUg))],
    [words.given, givenUg === null ? words.running : drugLogText.mg(showMilli(givenUg))],
    [words.wasted, drugLogText.mg(showMilli(wastedUg))],
    ...(differenceUg === 0
      ? []
      : [[words.difference, drugLogText.mg(differenceUg < 0 ? `−${showMilli(-differenceUg)}` : showMilli(differenceUg))] as const]),
    ...(openUg === null ? [] : [[words.open, drugLogText.mg(showMilli(openUg))] as const]),
  ];
  return (
    <dl className={styles.account} aria-label={words.account}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface WasteFieldsProps {
  readonly drugs: SessionDrugsView;
  readonly draft: WasteDraft;
  readonly leftUg: number | null;
  readonly forDose: boolean;
  readonly onChange: (draft: WasteDraft) => void;
}

function WasteFields({ drugs, draft, leftUg, forDose, onChange }: WasteFieldsProps) {
  if (forDose && drugs.drawnUg === 0) return <p className={styles.quiet}>{words.nothingDrawn}</p>;
  if (forDose && drugs.openUg === 0) return <p className={styles.quiet}>{words.closed}</p>;
  const typeMg = (index: number, mg: string): void =>
    onChange({ ...draft, parts: draft.parts.map((part, at) => (at === index ? { ...part, mg } : part)) });
  const offered = new Map<string, string>(drugs.offered.map(({ from, ug }) => [from, showMilli(ug)]));
  return (
    <>
      <div className={styles.fields}>
        {draft.parts.map((part, index) => {
          const computed = forDose ? offered.get(part.from) : undefined;
          return (
            <TextField
              key={part.from}
              label={part.from === 'other' ? words.leftElsewhere : words.left(drugLogText.sources[part.from])}
              value={part.mg}
              onChange={(mg) => typeMg(index, mg)}
              inputMode="decimal"
              maxLength={9}
              large
              hint={computed === undefined ? undefined : words.computed(computed)}
            />
          );
        })}
        {forDose ? null : (
          <TextField
            label={words.given2}
            value={draft.givenMg}
            onChange={(givenMg) => onChange({ ...draft, givenMg })}
            inputMode="decimal"
            maxLength={9}
            large
          />
        )}
      </div>
      {leftUg === null ? null : (
        <p className={styles.effect} role="status">
          {leftUg === 0 ? words.afterClosed : leftUg > 0 ? words.afterOpen(showMilli(leftUg)) : words.afterOver(showMilli(-leftUg))}
        </p>
      )}
      {leftUg === 0 || (leftUg === null && forDose) ? null : (
        <TextField
          label={words.reason}
          value={draft.reason}
          onChange={(reason) => onChange({ ...draft, reason })}
          maxLength={300}
          hint={leftUg !== null && leftUg < 0 ? words.reasonOver : words.reasonUnder}
        />
      )}
    </>
  );
}

function Entries({ drugs }: { readonly drugs: SessionDrugsView }) {
  const clock = useClockTime();
  if (drugs.entries.length === 0) return null;
  return (
    <section className={styles.group} aria-label={words.entries}>
      <h3 className={styles.label}>{words.entries}</h3>
      <ul className={styles.entries}>
        {drugs.entries.map((entry) => (
          <li key={entry.eventId}>
            <time>{clock.minute(entry.atMs)}</time>
            <strong>{`${drugLogText.kinds[entry.kind]} ${drugLogText.mg(showMilli(entry.ug))}`}</strong>
            <span />
            <span className={styles.about}>
              {[stockLabel(entry.stock), words.entry(entry.by ?? '', entry.witness), entry.difference?.reason]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
