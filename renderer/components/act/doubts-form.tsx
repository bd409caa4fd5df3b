import { useEffect, useRef } from 'react';
import { doubtsText } from '../../text/doubts.ts';
import { FieldsOf } from './fitting.tsx';
import { Icon } from '../icon.tsx';
import { bringIntoSight } from '../into-sight.ts';
import { RefusalNote } from './refusal-note.tsx';
import { TextField } from '../fields/text-field.tsx';
import type { ActForm, DoubtsDraft } from './use-act.ts';
import { SecondPersonField } from '../fields/second-person-field.tsx';
import styles from './doubts-form.module.css';

/** Why an act was not recorded: what stands in its way in words, or what it asks, each point with its own reason. */
export function DoubtsForm({ act }: { readonly act: ActForm }) {
  return (
    <FieldsOf fitting={act.fitting}>
      {act.words === null ? null : <RefusalNote words={act.words} />}
      {act.asks === null ? null : <Questions asks={act.asks} act={act} />}
    </FieldsOf>
  );
}

function Questions({ asks, act }: { readonly asks: DoubtsDraft; readonly act: ActForm }) {
  const { doubts, own, second } = asks;
  const form = useRef<HTMLElement>(null);
  const keys = doubts.map(({ key }) => key).join(' ');
  // They may have come below the fold. The first field is where the work goes on: it is in sight whatever its words leave room for.
  useEffect(() => {
    const field = form.current?.querySelector('input') ?? null;
    field?.focus({ preventScroll: true });
    bringIntoSight(form.current);
    bringIntoSight(field?.closest('li') ?? null);
    bringIntoSight(field);
  }, [keys]);
  return (
    <section ref={form} className={styles.form} role="alert" aria-label={doubtsText.heading(doubts.length)}>
      <h3 className={styles.heading}>{doubtsText.heading(doubts.length)}</h3>
      <ol className={styles.list}>
        {doubts.map(({ key, words, needs }) => (
          <li key={key} className={styles.doubt} aria-label={words}>
            <p className={styles.words}>
              <Icon name="note" size={22} />
              <span>
                {words}.{doubtsText.needs[needs] === '' ? null : <strong className={styles.needs}> {doubtsText.needs[needs]}.</strong>}
              </span>
            </p>
            {needs === 'second-reading' ? null : (
              <TextField
                label={doubtsText.reason}
                value={asks.reasonOf(key)}
                onChange={(reason) => asks.give(key, reason)}
                maxLength={300}
                onEnter={act.send}
              />
            )}
          </li>
        ))}
      </ol>
      {own === null ? null : <SecondPersonField draft={own} label={doubtsText.ownPin} onEnter={act.send} busy={act.busy} />}
      {second === null ? null : (
        <SecondPersonField
          draft={second}
          label={own === null && doubts.some(({ needs }) => needs === 'prescriber') ? doubtsText.prescriber : doubtsText.second}
          onEnter={act.send}
          busy={act.busy}
        />
      )}
    </section>
  );
}
