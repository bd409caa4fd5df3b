import { useState, type ReactNode } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { pauseReasons, stopReasons } from '../../../shared/contract/session-commands.ts';
import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import { showDecimal, showMilli } from '../../../shared/values/quantity.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { NumberField } from '../../components/fields/number-field.tsx';
import { orderedUg } from '../../components/ordered-dose.ts';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useOpenedMs, useServiceNow } from '../../live/room-context.tsx';
import { doseText } from '../../text/dose.ts';
import { effectOf } from './dose-effect.ts';
import { asksReason, inputFor, requestOf, type DoseAction, type DoseInput, type DoseRequest } from './dose-input.ts';
import { outlookNow, rateBeforePauseUlPerHour } from './dose-outlook.ts';
import { DoseFrame, WhatItDoes } from './dose-frame.tsx';
import styles from './dose-sheet.module.css';

interface DoseSheetProps {
  readonly action: DoseAction;
  readonly onClose: () => void;
}

/** One change of the dose: what has been given, what the change does, then one button that records it. */
export function DoseSheet({ action, onClose }: DoseSheetProps) {
  const session = useBoard((board) => board.session);
  return (
    <Sheet label={doseText.title[action]} onClose={onClose}>
      {session === null ? (
        <p className={styles.quiet}>{doseText.noSession}</p>
      ) : (
        <DoseForm action={action} session={session} onClose={onClose} />
      )}
    </Sheet>
  );
}

function DoseForm({ action, session, onClose }: DoseSheetProps & { readonly session: SessionView }) {
  const { dose, dosing } = session;
  const { route } = dosing.protocol;
  const isPump = route === 'iv';
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const openedMs = useOpenedMs();
  const [input, setInput] = useState(() => inputFor(action, dose, openedMs));
  const put = (change: Partial<DoseInput>): void => setInput((current) => ({ ...current, ...change }));
  const request = requestOf(action, input, dose, { utcMs: nowMs, offsetMin: clock.offsetMin, hours: clock.formats.hours });
  const act = useAct(request.ready ? request.command : null, onClose);
  const rateNow = (rateBeforePauseUlPerHour(dose) ?? 0) / 1000;
  const time = (
    <ClinicalTimeField
      draft={input.time}
      onChange={(at) => put({ time: at })}
      now={{ utcMs: nowMs, offsetMin: clock.offsetMin, hours: clock.formats.hours }}
    />
  );
  return (
    <DoseFrame
      title={isPump ? doseText.title[action] : doseText.noMore[route].title}
      instruction={isPump ? doseText.instruction[action] : doseText.noMore[route].instruction}
      act={act}
      effect={
        isPump ? (
          <WhatItDoes sentences={effectWords(action, dose, request, nowMs, clock.minute)} />
        ) : (
          <p className={styles.effect}>{doseText.noMoreEffect(showMilli(deliveredUg(dose, nowMs)), showMilli(orderedUg(dose) ?? 0))}</p>
        )
      }
      record={isPump ? doseText.confirm[action] : doseText.noMore[route].confirm}
      waitsFor={request.ready ? null : request.waitsFor}
      onClose={onClose}
    >
      {isPump ? <DoseSoFar session={session} nowMs={nowMs} clock={clock.minute} /> : null}
      <div className={styles.inputs}>
        <AmountField action={action} input={input} put={put} record={act.send} rateNow={rateNow} below={time} />
        <ReasonFields action={action} input={input} put={put} leftUl={outlookNow(dose, nowMs).leftUl} isPump={isPump} />
        {takesAmount(action) ? null : time}
      </div>
    </DoseFrame>
  );
}

function effectWords(
  action: DoseAction,
  dose: SessionView['dose'],
  { change, atMs }: DoseRequest,
  nowMs: number,
  clock: (ms: number) => string,
): readonly string[] {
  if (change !== null) return effectOf(dose, change, atMs, nowMs, clock);
  return [action === 'give-bolus' ? doseText.effect.enterBolus : doseText.effect.enterRate];
}

function DoseSoFar({
  session,
  nowMs,
  clock,
}: {
  readonly session: SessionView;
  readonly nowMs: number;
  readonly clock: (ms: number) => string;
}) {
  const { dose } = session;
  const outlook = outlookNow(dose, nowMs);
  const totalUg = dose.order?.doseUg ?? 0;
  const started = dose.startedMs !== null;
  return (
    <dl className={styles.soFar}>
      <div>
        <dt>{doseText.given}</dt>
        <dd>
          <strong>{showDecimal(outlook.givenUg / 1000, 2)}</strong> {doseText.ofMg(showMilli(totalUg))}
        </dd>
        <div className={styles.bar} aria-hidden="true">
          <div style={{ width: `${totalUg === 0 ? 0 : Math.min(100, (outlook.givenUg / totalUg) * 100)}%` }} />
        </div>
      </div>
      <div>
        <dt>{doseText.left}</dt>
        <dd>
          <strong>{showDecimal(outlook.leftUl / 1000, 1)}</strong> mL
        </dd>
      </div>
      <div>
        <dt>{doseText.rate}</dt>
        <dd>
          <strong>{showMilli(outlook.rateUlPerHour)}</strong> mL/h
        </dd>
      </div>
      <div>
        <dt>{outlook.endsMs !== null && outlook.endsMs <= nowMs ? doseText.emptySince : doseText.ends}</dt>
        <dd>
          {outlook.endsMs === null ? (
            <span>{started ? doseText.endsNot : doseText.notStarted}</span>
          ) : (
            <strong>{clock(outlook.endsMs)}</strong>
          )}
        </dd>
      </div>
    </dl>
  );
}

interface FieldsProps {
  readonly action: DoseAction;
  readonly input: DoseInput;
  readonly put: (change: Partial<DoseInput>) => void;
}

interface AmountFieldProps extends FieldsProps {
  readonly record: () => void;
  readonly rateNow: number;
  readonly below: ReactNode;
}

function AmountField({ action, input, put, record, rateNow, below }: AmountFieldProps) {
  if (!takesAmount(action)) return null;
  const shared = {
    value: input.amount,
    onChange: (amount: string) => put({ amount }),
    autoFocus: true,
    onEnter: record,
    below,
    withoutKeys: input.time.typed !== null,
  } as const;
  return action === 'give-bolus' ? (
    <NumberField {...shared} label={doseText.bolus} unit={doseText.bolusUnit} step={1} from={0} min={0.5} max={500} />
  ) : (
    <NumberField {...shared} label={doseText.newRate} unit={doseText.rateUnit} step={5} from={rateNow} min={1} max={2000} />
  );
}

function takesAmount(action: DoseAction): boolean {
  return action === 'change-rate' || action === 'resume-dose' || action === 'give-bolus';
}

interface ReasonFieldsProps extends FieldsProps {
  readonly leftUl: number;
  readonly isPump: boolean;
}

function ReasonFields({ action, input, put, leftUl, isPump }: ReasonFieldsProps) {
  const volume = (
    <TextField
      label={doseText.volumeLeft(showDecimal(leftUl / 1000, 1))}
      value={input.volumeLeft}
      onChange={(volumeLeft) => put({ volumeLeft })}
      inputMode="decimal"
      maxLength={8}
    />
  );
  if (action === 'complete-dose') return volume;
  if (!asksReason(action)) return null;
  const pausing = action === 'pause-dose';
  return (
    <>
      <div>
        <p className={styles.label}>{doseText.reason}</p>
        {pausing ? (
          <ChoiceTiles
            label={doseText.reason}
            value={input.reason}
            onChange={(reason) => put({ reason })}
            options={pauseReasons.map((value) => ({ value, label: doseText.pauseReasons[value] }))}
          />
        ) : (
          <ChoiceTiles
            label={doseText.reason}
            value={input.reason}
            onChange={(reason) => put({ reason })}
            options={stopReasons.map((value) => ({ value, label: doseText.stopReasons[value] }))}
          />
        )}
      </div>
      <div className={pausing ? undefined : styles.pair}>
        <TextField
          label={input.reason === 'other' ? doseText.detailOther : doseText.detail}
          value={input.detail}
          onChange={(detail) => put({ detail })}
          maxLength={300}
        />
        {pausing || !isPump ? null : volume}
      </div>
    </>
  );
}
