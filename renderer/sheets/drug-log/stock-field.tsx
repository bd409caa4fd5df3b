import { useState } from 'react';
import { stockKey, stockLabel, stockUnits, type Stock } from '../../../shared/clinical/controlled-drug.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { drugLogText } from '../../text/drug-log.ts';
import { emptyStock, stockTyped, type StockDraft } from './amounts-typed.ts';
import styles from './drug-log.module.css';

const words = drugLogText.stock;
const another = 'another';

interface StockFieldProps {
  readonly label: string;
  readonly anotherLabel: string;
  readonly stocks: readonly Stock[];
  readonly value: Stock | null;
  readonly onChange: (stock: Stock | null) => void;
}

/** One of the stocks that are known here, or another one in full: drug, package and strength are one thing. */
export function StockField({ label, anotherLabel, stocks, value, onChange }: StockFieldProps) {
  const [typed, setTyped] = useState<StockDraft | null>(stocks.length === 0 ? emptyStock : null);
  const choose = (key: string): void => {
    if (key === another) {
      setTyped(typed ?? emptyStock);
      onChange(stockTyped(typed ?? emptyStock));
      return;
    }
    setTyped(null);
    onChange(stocks.find((stock) => stockKey(stock) === key) ?? null);
  };
  const put = (change: Partial<StockDraft>): void => {
    const next = { ...(typed ?? emptyStock), ...change };
    setTyped(next);
    onChange(stockTyped(next));
  };
  const chosen = typed !== null ? another : value === null ? null : stockKey(value);
  return (
    <section className={styles.group} aria-label={label}>
      <h3 className={styles.label}>{label}</h3>
      <div className={styles.stocks}>
        <ChoiceTiles
          label={label}
          value={chosen}
          onChange={choose}
          options={[
            ...stocks.map((stock) => ({ value: stockKey(stock), label: stockLabel(stock) })),
            { value: another, label: anotherLabel },
          ]}
        />
      </div>
      {typed === null ? null : (
        <>
          <Segmented
            label={words.unit}
            value={typed.unit}
            onChange={(unit) => put({ unit })}
            options={stockUnits.map((unit) => ({ value: unit, label: words.unitNames[unit] }))}
          />
          <div className={styles.fields}>
            <TextField label={words.drug} value={typed.drug} onChange={(drug) => put({ drug })} maxLength={60} />
            <TextField label={words.unitMg} value={typed.unitMg} onChange={(unitMg) => put({ unitMg })} inputMode="decimal" maxLength={8} />
            <TextField
              label={words.mgPerMl}
              value={typed.mgPerMl}
              onChange={(mgPerMl) => put({ mgPerMl })}
              inputMode="decimal"
              maxLength={8}
            />
          </div>
        </>
      )}
    </section>
  );
}
