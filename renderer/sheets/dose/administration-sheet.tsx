import { useState } from 'react';
import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import { bodySides, injectionSites } from '../../../shared/clinical/route-dose.ts';
import { perKilogram } from '../../../shared/clinical/dose-order.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { showMilli } from '../../../shared/values/quantity.ts';
import { ActButton } from './act-button.tsx';
import { Button } from '../../components/button.tsx';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { openedDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { orderedUg } from '../../components/ordered-dose.ts';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useOpenedMs, useServiceNow } from '../../live/room-context.tsx';
import { giftText } from '../../text/administration.ts';
import { emptyGift, giftEffect, giftRequest, nextUg, type GiftAction, type GiftInput } from './administration-input.ts';
import styles from './dose-sheet.module.css';

interface GiftSheetProps {
  readonly action: GiftAction;
  readonly onClose: () => void;
}

/** One injection, device or lozenge: what was given before it, what this one is and does, then one button. */
export function GiftSheet({ action, onClose }: GiftSheetProps) {
  const session = useBoard((board) => board.session);
  const number = (session?.dose.steps.length ?? 0) + 1;
  return (
    <Sheet label={giftText.title[action](number)} onClose={onClose}>
      {session === null || session.dose.routeOrder === null ? (
        <p className={styles.quiet}>{giftText.noOrder}</p>
      ) : (
        <GiftForm action={action} session={session} onClose={onClose} />
      )}
    </Sheet>
  );
}

function GiftForm({ action, session, onClose }: GiftSheetProps & { readonly session: SessionView }) {
  // What was given while the sheet is open does not change what this sheet is about.
  const [number] = useState(session.dose.steps.length + 1);
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const openedMs = useOpenedMs();
  const [input, setInput] = useState<GiftInput>(() => ({ ...emptyGift, time: openedDraft(openedMs) }));
  const now = { utcMs: nowMs, offsetMin: clock.offsetMin, hours: clock.formats.hours };
  const request = giftRequest(action, input, now);
  const act = useAct(request.ready ? request.command : null, onClose);
  return (
    <form
      className={styles.sheet}
      onSubmit={(event) => {
        event.preventDefault();
        act.send();
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{giftText.title[action](number)}</h2>
        <p className={styles.quiet}>{giftText.instruction[action]}</p>
      </header>
      <GivenSoFar session={session} input={input} nowMs={nowMs} />
      <div className={styles.inputs}>
        <GiftFields action={action} input={input} put={(change) => setInput((current) => ({ ...current, ...change }))} />
        <ClinicalTimeField draft={input.time} onChange={(time) => setInput((current) => ({ ...current, time }))} now={now} />
      </div>
      <DoubtsForm act={act} />
      <footer className={styles.footer}>
        <section className={styles.effect} aria-label={giftText.whatItDoes}>
          <h3 className={styles.heading}>{giftText.whatItDoes}</h3>
          <p>{giftEffect(action, input, session, nowMs).join(' ')}</p>
        </section>
        <div className={styles.buttons}>
          <Button onPress={onClose}>{giftText.cancel}</Button>
          <ActButton act={act} label={giftText.record[action]} waitsFor={request.ready ? null : request.waitsFor} />
        </div>
      </footer>
    </form>
  );
}

function GivenSoFar({ session, input, nowMs }: { readonly session: SessionView; readonly input: GiftInput; readonly nowMs: number }) {
  const { dose, weight } = session;
  const givenUg = deliveredUg(dose, nowMs);
  const next = nextUg(dose, input.amount);
  return (
    <dl className={styles.soFar}>
      <div>
        <dt>{giftText.given}</dt>
        <dd>
          <strong>{showMilli(givenUg)}</strong> {giftText.ofMg(showMilli(orderedUg(dose) ?? 0))}
        </dd>
      </div>
      {weight === null ? null : (
        <div>
          <dt>{giftText.perKg}</dt>
          <dd>
            <strong>{showMilli(perKilogram(givenUg, weight.grams))}</strong> mg/kg
          </dd>
        </div>
      )}
      <div>
        <dt>{giftText.next}</dt>
        <dd>
          {next === null ? (
            <span>–</span>
          ) : (
            <>
              <strong>{showMilli(next)}</strong> mg
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{giftText.times}</dt>
        <dd>
          {dose.startedMs === null ? <span>{giftText.notStarted}</span> : <strong>{minutesAndSeconds(nowMs - dose.startedMs)}</strong>}
        </dd>
      </div>
    </dl>
  );
}

interface GiftFieldsProps {
  readonly action: GiftAction;
  readonly input: GiftInput;
  readonly put: (change: Partial<GiftInput>) => void;
}

function GiftFields({ action, input, put }: GiftFieldsProps) {
  if (action === 'expel-lozenge') return null;
  const lot = (
    <TextField
      label={action === 'place-lozenge' ? giftText.lotOptional : giftText.lot}
      value={input.lot}
      onChange={(value) => put({ lot: value })}
      maxLength={40}
    />
  );
  if (action !== 'give-injection') return lot;
  return (
    <>
      <div>
        <p className={styles.label}>{giftText.site}</p>
        <ChoiceTiles
          label={giftText.site}
          value={input.site}
          onChange={(site) => put({ site })}
          options={injectionSites.map((value) => ({ value, label: giftText.sites[value] }))}
        />
      </div>
      <div>
        <p className={styles.label}>{giftText.side}</p>
        <ChoiceTiles
          label={giftText.side}
          value={input.side}
          onChange={(side) => put({ side })}
          options={bodySides.map((value) => ({ value, label: giftText.sides[value] }))}
        />
      </div>
      <div className={styles.pair}>
        {lot}
        <TextField label={giftText.amount} value={input.amount} onChange={(amount) => put({ amount })} inputMode="decimal" maxLength={8} />
      </div>
    </>
  );
}
