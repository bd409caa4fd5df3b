import { z } from 'zod';
import { idSchema } from '../../../../shared/values/ids.ts';
import { utcMsSchema } from '../../../../shared/values/instant.ts';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const seqSchema = z.number().int().min(1);

/** Events that are lost, from one number to another, both included. */
const holeSchema = z.object({
  from: seqSchema,
  through: seqSchema,
  /** The hash of the event before it; 64 zeros where there is none. */
  before: sha256Schema,
  /** The first event behind it, whose place in the chain nothing else tells: its hash, and its own content (`contentHash`). */
  after: z.object({ hash: sha256Schema, content: sha256Schema }),
});

/** Rows that may be lost: from one second to another by the room's clock, both included; null: to where the table began or ended. */
const lostTimeSchema = z.object({ fromMs: utcMsSchema.nullable(), throughMs: utcMsSchema.nullable(), sessions: z.array(idSchema) });

export const salvageRoomEventBodies = {
  /** The first event of a room that was saved out of a damaged file: what of it is lost (docs/decisions/0070). */
  'room-salvaged': z.object({
    /** Of the damaged database file, and of the report beside the new one. */
    damagedFile: sha256Schema,
    report: sha256Schema,
    /** Of the operating system: who ran the command. */
    account: z.string().max(120),
    /** The last number that the damaged room acknowledged, as its kept head told; null: it did not. Beyond the last saved one these are lost. */
    acknowledged: z.number().int().min(0).nullable(),
    /** Every hole that the log has now, also those of an earlier salvage. */
    holes: z.array(holeSchema),
    /** Of the room itself entries are lost: people, patients, monitors, drugs. */
    roomEntriesLost: z.boolean(),
    /** Sessions that lack entries or readings, or may. They are read as a list of entries and never folded, signed or continued. */
    setAside: z.array(idSchema),
    readings: z.array(lostTimeSchema),
    waves: z.array(lostTimeSchema),
    checkpointsLost: z.boolean(),
    /** Private notes that the record tells of and of which nothing is left, by their ids. */
    lostNotes: z.array(idSchema),
  }),
} as const;
