import { z } from 'zod';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';

/** The last seconds of one waveform for a live strip. Never a source for a figure. */
export const waveViewSchema = z.object({
  monitorId: idSchema,
  monitorName: z.string(),
  /** `pleth`, `co2`, `ecg-ii`, … */
  metric: z.string(),
  unit: z.string(),
  /** Milliseconds between points. */
  periodMs: z.number().positive(),
  /** How many points there ever were: a reader knows by it which of these it has already. */
  endIndex: z.number().int().min(0),
  /** When the last point ends. */
  endMs: utcMsSchema,
  /** The newest last; null where there is no value, which breaks the line. */
  points: z.array(z.number().nullable()).max(400),
});
export type WaveView = z.output<typeof waveViewSchema>;

/** A window of a session's waveforms, a minute at most. */
export const waveWindowMsMax = 60_000;
export const waveWindowSchema = z.object({
  /** The session has waveforms at all. */
  any: z.boolean(),
  signals: z.array(
    z.object({
      monitorId: idSchema,
      metric: z.string(),
      unit: z.string(),
      periodMs: z.number().positive(),
      flags: z.array(z.string()),
      /** In order; between two of them there is nothing. */
      pieces: z.array(z.object({ atMs: utcMsSchema, points: z.array(z.number().nullable()) })),
    }),
  ),
});
export type WaveWindow = z.output<typeof waveWindowSchema>;
