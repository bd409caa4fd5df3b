import { oc } from '@orpc/contract';
import { z } from 'zod';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';
import { refusalSchema } from './contract-errors.ts';
import { secondPersonSchema } from './typed-pin.ts';

/** Every refusal travels as one declared error; its code says which. */
const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });

/** A recovery key that was just made, to be printed or written down and typed back. It is shown this once. */
export const keyCeremonySchema = z.object({
  ceremonyId: idSchema,
  /** Six groups of five, parted by dashes. */
  recoveryKey: z.string(),
  /** The groups that are typed back, counted from 1, in this order. */
  asked: z.array(z.number().int().min(1).max(6)).length(3),
});
export type KeyCeremony = z.output<typeof keyCeremonySchema>;

/** Of the first one, which set-up made, there is no name. */
export const firstRecoveryKey = 'first';
const keyIdSchema = z.string().min(1).max(40);

export const recoveryKeyViewSchema = z.object({
  keyId: keyIdSchema,
  name: z.string().nullable(),
  /** When and by whom it was made; null where the record does not tell. */
  madeMs: utcMsSchema.nullable(),
  by: z.string().nullable(),
  /** Somebody typed it back from the paper. */
  typedBack: z.boolean(),
});
export type RecoveryKeyView = z.output<typeof recoveryKeyViewSchema>;

/** A printed key that opens the room no more, because its data key was changed without it. */
const leftOutKeySchema = z.object({ keyId: keyIdSchema, name: z.string().nullable(), sinceMs: utcMsSchema });
export type LeftOutKey = z.output<typeof leftOutKeySchema>;

/** The printed keys that open this room when its computer or its own key is lost. */
export const recoveryKeysContract = {
  /** Those that open it now, those that still open older backups, and of whom one stands by for a change; empty where nobody else is there. */
  list: base.output(z.object({ keys: z.array(recoveryKeyViewSchema), leftOut: z.array(leftOutKeySchema), confirmers: z.array(idSchema) })),
  /** Another one. It opens nothing before it was typed back. */
  begin: base.input(z.object({ name: z.string().trim().min(1).max(60), confirm: secondPersonSchema.optional() })).output(keyCeremonySchema),
  /** In the order of `asked`. From then on the key opens the room; that of set-up does so already, and is known to be kept. */
  typeBack: base.input(z.object({ ceremonyId: idSchema, groups: z.array(z.string().max(20)).length(3) })).output(z.object({})),
  /** Everything stays as it was. */
  leave: base.input(z.object({ ceremonyId: idSchema })).output(z.object({})),
  /** It opens the room no more, and no backup from then on. */
  remove: base.input(z.object({ keyId: keyIdSchema, confirm: secondPersonSchema.optional() })).output(z.object({})),
};
