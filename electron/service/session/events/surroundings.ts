import { z } from 'zod';
import { surroundings } from '../../../../shared/contract/commands/timed-taps.ts';
import { event, noDetail, tapped } from './define-event.ts';

/** What the patient hears and sees: a change of it is often what a turn in the session goes back to. */
export const surroundingsEvents = {
  'surroundings-changed': event(z.object({ what: z.enum(surroundings), lateReason: z.string().max(300).optional() }), {
    label: ({ what }) => (what === 'music' ? 'Music changed' : 'Lights changed'),
    detail: noDetail,
    ...tapped('milestone', 'all'),
  }),
} as const;
