import { useRef, useState } from 'react';
import type { Stock } from '../../../shared/clinical/controlled-drug.ts';
import { hasWords } from '../../../shared/contract/doubt.ts';
import type { SecondPerson } from '../../../shared/contract/typed-pin.ts';
import type { DrugLogView } from '../../../shared/contract/drug-log-view.ts';
import { refusalOf, wordsOfFailure } from '../../connection/failure.ts';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { saidBesidePad, useSecondPerson } from '../../components/fields/use-second-person.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import type { RoomClient } from '../../connection/room-client.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { useActor } from '../../live/use-seat.ts';
import { drugLogText } from '../../text/drug-log.ts';
import { distinctStocks } from './amounts-typed.ts';
import { StockField } from './stock-field.tsx';
import styles from './drug-log.module.css';

const words = drugLogText.log;

export type DrugLogAct = 'receive' | 'count' | 'dispose';

interface FormDraft {
  readonly stock: Stock | null;
  readonly units: string;
  /** In opened vials (a count), or the amount (a disposal). */
  readonly mg: string;
  readonly lot: string;
  readonly text: string;
}

interface DrugLogFormProps {
  readonly act: DrugLogAct;
  readonly view: DrugLogView;
  readonly onDone: (view: DrugLogView) => void;
  readonly onBack: () => void;
}

/** One entry about the cabinet, signed by two people. */
export function DrugLogForm({ act, view, onDone, onBack }: DrugLogFormProps) {
  const { client } = useRoom();
  const ofSession = useBoard((board) => board.session?.controlledDrugs.stock ?? null);
  const stocks = distinctStocks([...view.balances.map((balance) => balance.stock), ofSession]);
  const [draft, setDraft] = useState<FormDraft>({
    stock: stocks.length === 1 ? (stocks[0] ?? null) : null,
    units: '',
    mg: '',
    lot: '',
    text: '',
  });
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const among = useBoard((board) => board.room.secondPersons['controlled-drugs']);
  const second = useSecondPerson(among, useActor({ type: 'draw-controlled-drug' }));
  // A tap after no answer is the same entry again.
  const commandId = useRef(crypto.randomUUID());
  const put = (change: Partial<FormDraft>): void => {
    setDraft((before) => ({ ...before, ...change }));
    commandId.current = crypto.randomUUID();
  };
  const call = callOf(act, draft);
  const waitsFor = typeof call === 'string' ? call : second.waits;
  const record = (): void => {
    if (typeof call === 'string' || second.secondPerson === null || busy) return;
    setBusy(true);
    setRefusal(null);
    call(client, { commandId: commandId.current, witness: second.secondPerson })
      .then(onDone, (error: unknown) => {
        setRefusal(saidBesidePad(second, refusalOf(error)?.code ?? null, wordsOfFailure(error)));
      })
      .finally(() => setBusy(false));
  };
  return (
    <SheetForm
      title={words.forms[act].title}
      words={words.forms[act].words}
      cancel={words.back}
      onCancel={onBack}
      confirm={busy ? words.saving : words.forms[act].record}
      waitsFor={waitsFor}
      busy={busy}
      onConfirm={record}
      refusal={refusal}
    >
      <StockField
        label={words.which}
        anotherLabel={words.another}
        stocks={stocks}
        value={draft.stock}
        onChange={(stock) => put({ stock })}
      />
      <Amounts act={act} draft={draft} put={put} />
      <TextField label={textLabel(act)} value={draft.text} onChange={(text) => put({ text })} maxLength={200} />
      <SecondPersonField draft={second} label={drugLogText.session.witness} onEnter={record} busy={busy} />
    </SheetForm>
  );
}

function textLabel(act: DrugLogAct): string {
  return act === 'receive' ? words.detail : act === 'count' ? words.countReason : words.reason;
}

interface AmountsProps {
  readonly act: DrugLogAct;
  readonly draft: FormDraft;
  readonly put: (change: Partial<FormDraft>) => void;
}

function Amounts({ act, draft, put }: AmountsProps) {
  const unit = draft.stock?.unit ?? 'vial';
  if (act === 'dispose') {
    return <TextField label={words.mg} value={draft.mg} onChange={(mg) => put({ mg })} inputMode="decimal" maxLength={9} large />;
  }
  return (
    <div className={styles.fields}>
      <TextField
        label={words.units(unit)}
        value={draft.units}
        onChange={(units) => put({ units })}
        inputMode="numeric"
        maxLength={5}
        large
      />
      {act === 'receive' ? (
        <TextField label={words.lot2} value={draft.lot} onChange={(lot) => put({ lot })} maxLength={40} />
      ) : (
        <TextField
          label={words.opened}
          value={draft.mg}
          onChange={(mg) => put({ mg })}
          inputMode="decimal"
          maxLength={9}
          large
          hint={words.openedHint}
        />
      )}
    </div>
  );
}

type Call = (client: RoomClient, signed: { readonly commandId: string; readonly witness: SecondPerson }) => Promise<DrugLogView>;

/** The call, or what the button waits for. */
function callOf(act: DrugLogAct, { stock, units, mg, lot, text }: FormDraft): Call | string {
  if (stock === null) return words.waits.stock;
  const said = text.trim();
  if (act === 'dispose') {
    const amount = numberTyped(mg);
    if (amount === null || amount <= 0) return words.waits.amount;
    if (!hasWords(said)) return words.waits.reason;
    return (client, signed) => client.drugLog.dispose({ ...signed, stock, mg: amount, reason: said });
  }
  const count = numberTyped(units);
  if (count === null || !Number.isInteger(count)) return words.waits.amount;
  if (act === 'receive') {
    if (count < 1) return words.waits.amount;
    const more = { ...(lot.trim() === '' ? {} : { lot: lot.trim() }), ...(said === '' ? {} : { detail: said }) };
    return (client, signed) => client.drugLog.receive({ ...signed, stock, units: count, ...more });
  }
  if (said !== '' && !hasWords(said)) return words.waits.reason;
  const opened = mg.trim() === '' ? 0 : numberTyped(mg);
  if (opened === null) return words.waits.amount;
  const total = (count * stock.unitUg) / 1000 + opened;
  return (client, signed) => client.drugLog.count({ ...signed, stock, mg: total, ...(said === '' ? {} : { reason: said }) });
}
