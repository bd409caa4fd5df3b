import { z } from 'zod';
import { lossCauses, pauseCauses } from '../../../../shared/clinical/gap-cause.ts';
import { writtenLength } from '../../../../shared/values/clock-time.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { utcMsSchema } from '../../../../shared/values/instant.ts';
import { event, listed, ofRoom, stated } from './define-event.ts';
import { joined, spoken } from './entry-words.ts';

const text = z.string().max(300);

/** The computer's clock was set. A session does not follow it: `aheadMs` is how far it is ahead of the session's time since. */
export const clockStepped = z.object({ byMs: z.number().int(), aheadMs: z.number().int().optional() });

function seconds(ms: number): string {
  return `${String(Math.round(ms / 1000)).replace('-', '−')} s`;
}

/** What the room service notes by itself: its monitors, its clock, and when it did not record. */
export const recordingEvents = {
  /** A stretch without readings from a monitor: opened when the link is lost, closed when it is live again. */
  'monitor-lost': event(z.object({ monitorId: idSchema, monitorName: text, sinceMs: utcMsSchema, cause: z.enum(lossCauses) }), {
    label: ({ monitorName }) => `${monitorName} lost`,
    detail: ({ sinceMs, cause }, clock) => joined(spoken(cause), `no values since ${clock(sinceMs)}`),
    ...ofRoom,
  }),
  'monitor-live': event(z.object({ monitorId: idSchema, monitorName: text, afterMs: z.number().int().min(0).nullable() }), {
    label: ({ monitorName }) => `${monitorName} live`,
    detail: ({ afterMs }) => (afterMs === null ? null : `after ${seconds(afterMs)}`),
    ...ofRoom,
  }),
  /** What a monitor says the time is, beside ours: it never orders anything. `jumpMs`: null where it was off from the start. */
  'device-clock-noted': event(
    z.object({ monitorId: idSchema, monitorName: text, offsetMs: z.number().int(), jumpMs: z.number().int().nullable() }),
    {
      label: ({ monitorName }) => `Clock of ${monitorName}`,
      detail: ({ offsetMs, jumpMs }) =>
        joined(`${seconds(offsetMs)} beside the room's clock`, jumpMs === null ? null : `jumped by ${seconds(jumpMs)}`),
      ...listed('cuff', null),
      correctable: 'never',
    },
  ),
  /** Vigil itself did not record between these moments (crash, power loss, restart). */
  'recording-gap': event(z.object({ fromMs: utcMsSchema, toMs: utcMsSchema, cause: z.enum(pauseCauses) }), {
    label: () => 'Not recorded',
    detail: ({ fromMs, toMs, cause }, clock) => `${clock(fromMs)} to ${clock(toMs)}: ${spoken(cause)}`,
    ...ofRoom,
  }),
  'clock-stepped': event(clockStepped, {
    label: ({ byMs }) => `Computer’s clock set ${writtenLength(Math.abs(byMs))} ${byMs < 0 ? 'back' : 'ahead'}`,
    // Both times, as they were at that moment.
    detail: ({ aheadMs = 0 }, clock, occurredMs) =>
      `it was ${clock(occurredMs)} and the computer said ${clock(occurredMs + aheadMs)}; this session went on by its own time`,
    ...stated('clock', null),
  }),
} as const;
