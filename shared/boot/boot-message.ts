import { z } from 'zod';

/** The first message from the desktop shell to the room service: where the data is and how to open it. */
export const bootMessageSchema = z.object({
  kind: z.literal('boot'),
  dataFolder: z.string().min(1),
  /** The demo's own; never the room's. */
  demoFolder: z.string().min(1),
  mode: z.enum(['room', 'demo', 'room-or-demo']),
  /** The room's data key, 32 bytes, unsealed by the shell; null lets the service use the key file beside the data. */
  keyBase64: z.base64().nullable(),
  /** Whether a room that is set up without a key may get one in a file: the shell has no key store to seal it. */
  keyInFile: z.boolean(),
  /** Of the key that signs checkpoints, 32 bytes, unsealed by the shell; null as above. */
  checkpointSeedBase64: z.base64().nullable(),
  /** Whether the window is a kiosk, which somebody of clinic IT can leave. */
  kiosk: z.boolean(),
  demoRate: z.number().positive().max(600),
  extraPorts: z.array(z.string()).max(16),
  version: z.string(),
});
export type BootMessage = z.output<typeof bootMessageSchema>;

/** Everything the desktop shell says to the room service. */
export const shellMessageSchema = z.discriminatedUnion('kind', [
  bootMessageSchema,
  /** Comes with a port to a page. */
  z.object({ kind: z.literal('page') }),
  /** The computer was asleep: nothing that was known about the monitors still holds. */
  z.object({ kind: z.literal('resumed') }),
  /** Close the record in order and end. A message, because Windows knows no signal that a program could answer. */
  z.object({ kind: z.literal('stop') }),
]);
export type ShellMessage = z.output<typeof shellMessageSchema>;

/**
 * How far a service has come that is not ready yet. `updating`: the record is copied and brought to this version, in one
 * piece of work that can say nothing meanwhile and that must not be cut short.
 */
export const startStepSchema = z.enum(['reading', 'updating']);
export type StartStep = z.output<typeof startStepSchema>;

/** What the service tells its shell. */
export const serviceReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting'), step: startStepSchema }),
  z.object({ kind: z.literal('ready') }),
  /** Somebody who may has typed their PIN for it. */
  z.object({ kind: z.literal('kiosk-left') }),
  /** It cannot run; `message` says what is wrong with which file and what to do. */
  z.object({ kind: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type ServiceReport = z.output<typeof serviceReportSchema>;
