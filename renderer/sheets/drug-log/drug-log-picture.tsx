import { stockLabel } from '../../../shared/clinical/controlled-drug.ts';
import type { DrugBalance, DrugLogRow, DrugLogView, Unaccounted } from '../../../shared/contract/drug-log-view.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { drugLogText } from '../../text/drug-log.ts';
import { isolated } from '../../../shared/values/isolated.ts';
import styles from './drug-log.module.css';
import { showMilli } from '../../../shared/values/quantity.ts';

const words = drugLogText.log;
const { mg } = drugLogText;

/** What is in the cabinet, what is not accounted for, and every entry. */
export function DrugLogPicture({ view }: { readonly view: DrugLogView }) {
  return (
    <>
      <section className={styles.group} aria-label={words.balances}>
        <h3 className={styles.label}>{words.balances}</h3>
        {view.balances.length === 0 ? <p className={styles.quiet}>{words.none}</p> : null}
        <ul className={styles.balances}>
          {view.balances.map((balance) => (
            <Balance key={stockLabel(balance.stock)} balance={balance} />
          ))}
        </ul>
      </section>
      {view.unaccounted.length === 0 ? null : (
        <section className={styles.group} aria-label={words.unaccounted}>
          <h3 className={styles.label}>{words.unaccounted}</h3>
          <ul className={styles.notes}>
            {view.unaccounted.map((one) => (
              <UnaccountedRow key={one.sessionId} one={one} />
            ))}
          </ul>
        </section>
      )}
      {view.unreadable.length === 0 ? null : (
        <section className={styles.group} aria-label={words.unreadable}>
          <h3 className={styles.label}>{words.unreadable}</h3>
          <ul className={styles.notes}>
            {view.unreadable.map(({ sessionId, patient }) => (
              <li key={sessionId}>{words.unreadableRow(patient)}</li>
            ))}
          </ul>
        </section>
      )}
      {view.rows.length === 0 ? null : (
        <section className={styles.group} aria-label={words.entries}>
          <h3 className={styles.label}>{words.entries}</h3>
          <ol className={styles.entries}>
            {view.rows.map((row) => (
              <Entry key={row.eventId ?? `${row.kind} ${row.session?.sessionId ?? ''}`} row={row} />
            ))}
          </ol>
          {view.older === 0 ? null : <p className={styles.quiet}>{words.older(view.older)}</p>}
        </section>
      )}
    </>
  );
}

function Balance({ balance: { stock, balanceUg, lastCount } }: { readonly balance: DrugBalance }) {
  const clock = useClockTime();
  const units = balanceUg / stock.unitUg;
  const inUnits = Number.isInteger(units) && units > 0 ? ` · ${drugLogText.units(String(units), stock.unit)}` : '';
  const difference = lastCount?.differenceUg ?? 0;
  return (
    <li className={styles.balance}>
      <p>{stockLabel(stock)}</p>
      <p className={styles.figure}>{`${mg(written(balanceUg))}${inUnits}`}</p>
      <p>{lastCount === null ? words.neverCounted : words.lastCount(`${clock.day(lastCount.atMs)} ${clock.minute(lastCount.atMs)}`)}</p>
      {difference === 0 ? null : (
        <p className={styles.due}>{difference < 0 ? words.short(showMilli(-difference)) : words.over(showMilli(difference))}</p>
      )}
      {balanceUg < 0 ? <p className={styles.due}>{words.below(showMilli(-balanceUg))}</p> : null}
    </li>
  );
}

function UnaccountedRow({ one }: { readonly one: Unaccounted }) {
  const clock = useClockTime();
  const { patientName, recordNumber, atMs, drawnUg, givenUg, wastedUg, openUg } = one;
  const say = openUg < 0 ? words.unaccountedOver : words.unaccountedRow;
  const patient = `${isolated(patientName)} (${isolated(recordNumber)})`;
  return <li>{say(patient, clock.day(atMs), showMilli(drawnUg), showMilli(givenUg), showMilli(wastedUg), showMilli(Math.abs(openUg)))}</li>;
}

function Entry({ row }: { readonly row: DrugLogRow }) {
  const clock = useClockTime();
  const about = [
    stockLabel(row.stock),
    row.session === null ? null : `${isolated(row.session.patientName)} (${isolated(row.session.recordNumber)})`,
    row.lot === null ? null : words.lot(row.lot),
    row.differenceUg === null || row.differenceUg === 0
      ? null
      : words.difference(`${row.differenceUg > 0 ? '+' : ''}${written(row.differenceUg)}`),
    row.reason,
    row.witness === null ? words.fromDose : drugLogText.session.entry(row.by ?? '', row.witness),
    row.late ? words.late(clock.minute(row.enteredMs)) : null,
    row.amendedFromMs === null ? null : words.amended(clock.minute(row.amendedFromMs)),
    row.undone ? words.undone : null,
  ];
  return (
    <li data-undone={row.undone}>
      <time>{`${clock.day(row.atMs)} ${clock.minute(row.atMs)}`}</time>
      <strong>{`${drugLogText.kinds[row.kind]} ${mg(showMilli(row.ug))}`}</strong>
      {row.balanceUg === null ? <span /> : <span className={styles.after}>{words.balance(written(row.balanceUg))}</span>}
      <span className={styles.about}>{about.filter((part) => part !== null && part !== '').join(' · ')}</span>
    </li>
  );
}

/** With a true minus, as figures are written here. */
function written(ug: number): string {
  return ug < 0 ? `−${showMilli(-ug)}` : showMilli(ug);
}
