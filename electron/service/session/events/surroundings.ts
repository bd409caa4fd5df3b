import { z } from 'zod';
import { surroundings } from '../../../../shared/contract/commands/timed-taps.ts';
import { event, noDetail, tapped } from './define-event.ts';

/** What the patient hears and sees. Its changes are recorded because they can explain a change of the patient's state. */
export const surroundingsEvents = {
  'surroundings-changed': event(z.object({ what: z.enum(surroundings), lateReason: z.string().max(300).optional() }), {
    label: ({ what }) => (what === 'music' ? 'Music changed' : 'Lights changed'),
    detail: noDetail,
    ...tapped('milestone', 'all'),
  }),
} as const;
