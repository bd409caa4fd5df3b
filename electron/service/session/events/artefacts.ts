import { z } from 'zod';
import { artefactMetrics, artefactNames } from '../../../../shared/clinical/artefact.ts';
import { utcMsSchema } from '../../../../shared/values/instant.ts';
import { event, listed } from './define-event.ts';
import { joined } from './entry-words.ts';

/** What a monitor said and a person holds to be no value of the patient. The readings stay as they came. */
export const artefactEvents = {
  'artefact-marked': event(
    z.object({
      metric: z.enum(artefactMetrics),
      /** Both belong to it; of a pressure both are the moment of its determination. */
      fromMs: utcMsSchema,
      toMs: utcMsSchema,
      /** What the monitor said, for example `184/121` or `71 to 84`. */
      said: z.string().min(1).max(60),
      reason: z.string().max(300).optional(),
    }),
    {
      label: ({ metric, said }) => `${artefactNames[metric][0]} ${said}${artefactNames[metric][1]}: artefact`,
      detail: ({ fromMs, toMs, reason }, clock) =>
        joined('said by the monitor, no value of the patient', toMs === fromMs ? null : `${clock(fromMs)} to ${clock(toMs)}`, reason),
      ...listed('cuff', 'untimed'),
    },
  ),
} as const;
