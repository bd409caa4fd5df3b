import { useState } from 'react';
import { completesAtMs, remainingInBag, type DoseTimeline } from '../../../shared/clinical/dosing.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { RoomInstant } from '../../format/time-of-day.ts';
import { showDecimal, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { clinicalTimeOf, openedDraft, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { useBoard, useOpenedMs, useServiceNow } from '../../live/room-context.tsx';
import { doseText } from '../../text/dose.ts';
import { administrationText } from '../../text/administration.ts';
import { DoseFrame, WhatItDoes } from './dose-frame.tsx';
import styles from './dose-sheet.module.css';

interface BagDraft {
  readonly mg: string;
  readonly ml: string;
  readonly rate: string;
  readonly left: string;
  readonly time: ClinicalTimeDraft;
}

/** A new bag: its own strength and rate, and what stays behind in the old one. */
export function BagSheet({ onClose }: { readonly onClose: () => void }) {
  const session = useBoard((board) => board.session);
  return (
    <Sheet label={administrationText.bag.title} onClose={onClose}>
      {session === null ? <p className={styles.quiet}>{doseText.noSession}</p> : <BagForm session={session} onClose={onClose} />}
    </Sheet>
  );
}

function BagForm({ session, onClose }: { readonly session: SessionView; readonly onClose: () => void }) {
  const words = administrationText.bag;
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const openedMs = useOpenedMs();
  const [draft, setDraft] = useState<BagDraft>(() => ({ mg: '', ml: '', rate: '', left: '', time: openedDraft(openedMs) }));
  const put = (change: Partial<BagDraft>): void => setDraft((current) => ({ ...current, ...change }));
  const now = { utcMs: nowMs, offsetMin: clock.offsetMin, hours: clock.formats.hours };
  const asked = bagOf(draft, now);
  const left = remainingInBag(session.dose, nowMs);
  const act = useAct('waitsFor' in asked ? null : { type: 'change-bag', ...asked }, onClose);
  return (
    <DoseFrame
      title={words.title}
      instruction={words.instruction}
      act={act}
      effect={<WhatItDoes sentences={bagEffect(session, draft, now, clock.minute)} />}
      record={words.record}
      waitsFor={'waitsFor' in asked ? asked.waitsFor : null}
      onClose={onClose}
    >
      <BagFields draft={draft} put={put} leftMl={showDecimal(left.ul / 1000, 1)} now={now} />
    </DoseFrame>
  );
}

interface BagFieldsProps {
  readonly draft: BagDraft;
  readonly put: (change: Partial<BagDraft>) => void;
  readonly leftMl: string;
  readonly now: RoomInstant;
}

function BagFields({ draft, put, leftMl, now }: BagFieldsProps) {
  const words = administrationText.bag;
  const field = (label: string, key: 'mg' | 'ml' | 'rate' | 'left', autoFocus = false) => (
    <TextField
      label={label}
      value={draft[key]}
      onChange={(value) => put({ [key]: value })}
      inputMode="decimal"
      maxLength={8}
      autoFocus={autoFocus}
    />
  );
  return (
    <div className={styles.inputs}>
      <div className={styles.pair}>
        {field(words.mg, 'mg', true)}
        {field(words.ml, 'ml')}
        {field(words.rate, 'rate')}
        {field(words.left(leftMl), 'left')}
      </div>
      <ClinicalTimeField draft={draft.time} onChange={(time) => put({ time })} now={now} />
    </div>
  );
}

function bagOf(draft: BagDraft, now: RoomInstant) {
  const [mg, ml, rateMlPerHour] = [numberTyped(draft.mg), numberTyped(draft.ml), numberTyped(draft.rate)];
  if (mg === null || ml === null || rateMlPerHour === null || mg <= 0 || ml <= 0 || rateMlPerHour <= 0)
    return { waitsFor: administrationText.bag.waits };
  const volumeLeftMl = numberTyped(draft.left);
  if (draft.left.trim() !== '' && volumeLeftMl === null) return { waitsFor: administrationText.bag.waitsVolume };
  const time = clinicalTimeOf(draft.time, now);
  if (!time.ok) return { waitsFor: administrationText.waitsTime };
  return { mg, ml, rateMlPerHour, ...(volumeLeftMl === null ? {} : { volumeLeftMl }), ...(time.at === undefined ? {} : { at: time.at }) };
}

function bagEffect({ dose }: SessionView, draft: BagDraft, now: RoomInstant, minute: (ms: number) => string): readonly string[] {
  const words = administrationText.bag;
  const asked = bagOf(draft, now);
  const nowMs = now.utcMs;
  const left = remainingInBag(dose, nowMs);
  const waste = words.waste(showDecimal(left.ug / 1000, 2), showDecimal(left.ul / 1000, 1));
  if ('waitsFor' in asked) return [waste, administrationText.effect.enter];
  const bag = { ug: thousandths(asked.mg), ul: thousandths(asked.ml) };
  const segment = { fromMs: nowMs, rateUlPerHour: thousandths(asked.rateMlPerHour), bag, newBag: true } as const;
  const after: DoseTimeline = { ...dose, segments: [...dose.segments, segment], endedMs: null };
  const endMs = completesAtMs(after);
  return [
    words.strength(showShort(asked.mg / asked.ml, 3)),
    words.goesOn(showShort((asked.mg / asked.ml) * asked.rateMlPerHour, 2)),
    ...(endMs === null ? [] : [words.end(minute(endMs))]),
    waste,
  ];
}
