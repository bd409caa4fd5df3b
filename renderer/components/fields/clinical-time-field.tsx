import { useId } from 'react';
import { clockTimeAt } from '../../../shared/values/clock-time.ts';
import { parseTimeOfDay, type RoomInstant } from '../../format/time-of-day.ts';
import { exactNowMs, useRoom } from '../../live/room-context.tsx';
import { timeFieldText } from '../../text/time-field.ts';
import { Button } from '../button.tsx';
import { clinicalTimeOf, lateMs, type ClinicalTimeDraft } from './clinical-time.ts';
import { TextField } from './text-field.tsx';
import { reasonProblem } from './typed-reason.ts';
import { useClockTime } from '../use-clock-time.ts';
import styles from './clinical-time-field.module.css';

interface ClinicalTimeFieldProps {
  readonly draft: ClinicalTimeDraft;
  readonly onChange: (draft: ClinicalTimeDraft) => void;
  readonly now: RoomInstant;
  /** For an entry that already has a time: there is no "now" to choose, and the reason is always needed. */
  readonly correcting?: { readonly legend: string; readonly reason: string; readonly reasonHint: string };
}

/** When it happened: now, or another time with a reason. Shows how long ago that is, so that a wrong hour is seen. */
export function ClinicalTimeField({ draft, onChange, now, correcting }: ClinicalTimeFieldProps) {
  const groupId = useId();
  const parsed = draft.typed === null ? null : parseTimeOfDay(draft.typed, now);
  const time = clinicalTimeOf(draft, now);
  const late = parsed !== null && parsed.ok && now.utcMs - parsed.utcMs > lateMs;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{correcting?.legend ?? timeFieldText.whenLabel}</legend>
      {correcting !== undefined ? null : (
        <div className={styles.choice} role="radiogroup" aria-label={timeFieldText.whenLabel}>
          {([null, ''] as const).map((typed) => (
            <label key={String(typed)} className={styles.half} data-selected={(draft.typed === null) === (typed === null)}>
              <input
                type="radio"
                name={groupId}
                checked={(draft.typed === null) === (typed === null)}
                onChange={() => onChange({ ...draft, typed })}
              />
              {typed === null ? timeFieldText.now : timeFieldText.another}
            </label>
          ))}
        </div>
      )}
      {draft.typed !== null || draft.openedMs === undefined ? null : <OpenedAt draft={draft} onChange={onChange} now={now} />}
      {draft.typed === null ? null : (
        <div className={styles.fields}>
          <TextField
            label={timeFieldText.time[now.hours]}
            value={draft.typed}
            onChange={(typed) => onChange({ ...draft, typed })}
            inputMode={now.hours === 24 ? 'numeric' : 'text'}
            placeholder={timeFieldText.example[now.hours]}
            maxLength={11}
            autoFocus
            hint={parsed !== null && parsed.ok ? readAs(parsed.utcMs, now) : undefined}
            problem={draft.typed.trim().length >= 4 && !time.ok && parsed !== null && !parsed.ok ? time.problem : undefined}
          />
          <TextField
            label={correcting?.reason ?? timeFieldText.reason}
            value={draft.reason}
            onChange={(reason) => onChange({ ...draft, reason })}
            maxLength={300}
            hint={correcting?.reasonHint ?? timeFieldText.reasonHint}
            problem={
              reasonProblem(draft.reason) ??
              (correcting === undefined && late && draft.reason.trim() === '' ? timeFieldText.reasonMissing : undefined)
            }
          />
        </div>
      )}
    </fieldset>
  );
}

/** How long ago that is; on a clock of 12 hours also which half of the day it was taken for. */
function readAs(utcMs: number, now: RoomInstant): string {
  const ago = timeFieldText.ago(spokenAge(now.utcMs - utcMs));
  return now.hours === 24 ? ago : `${clockTimeAt(now.offsetMin, { hours: 12, dates: 'iso' }).minute(utcMs)} · ${ago}`;
}

function spokenAge(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return timeFieldText.seconds(Math.floor(ms / 1000));
  return minutes < 60 ? timeFieldText.minutes(minutes) : timeFieldText.hours(Math.floor(minutes / 60), minutes % 60);
}

/** The moment that would be recorded, and the way to this one. */
function OpenedAt({ draft, onChange, now }: Pick<ClinicalTimeFieldProps, 'draft' | 'onChange' | 'now'>) {
  const clock = useClockTime();
  const { store } = useRoom();
  const openedMs = draft.openedMs ?? now.utcMs;
  return (
    <p className={styles.opened}>
      <span>
        {timeFieldText.at} <strong>{clock.second(openedMs)}</strong>, {timeFieldText.whenOpened}
      </span>
      <Button onPress={() => onChange({ ...draft, openedMs: exactNowMs(store.getState()) })}>{timeFieldText.thisMoment}</Button>
    </p>
  );
}
