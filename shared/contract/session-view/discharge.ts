import { z } from 'zod';
import { dischargeVerdicts } from '../../clinical/discharge.ts';
import { instrumentIds } from '../../clinical/instrument-id.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';

const who = z.string().nullable();

export const dischargeLineViewSchema = z.object({
  criterion: z.string(),
  label: z.string(),
  hint: z.string(),
  verdict: z.enum(dischargeVerdicts),
  evidence: z.string(),
  atMs: utcMsSchema.nullable(),
  by: who,
  required: z.boolean(),
  overridable: z.boolean(),
  /** How a person answers it: by looking, by naming the escort, or by recording what it rests on. */
  answeredBy: z.enum(['looking', 'escort', 'recording']),
  /** The form it rests on; null where it rests on something else. */
  instrument: z.enum(instrumentIds).nullable(),
  override: z.object({ reason: z.string(), by: z.string(), atMs: utcMsSchema }).nullable(),
});
export type DischargeLineView = z.output<typeof dischargeLineViewSchema>;

export const handoverCardSchema = z.array(z.object({ heading: z.string(), lines: z.array(z.string()) }));

/** Going home, as it stands now, and who handed over to whom. */
export const dischargeViewSchema = z.object({
  ending: z.enum(['with-escort', 'with-sitter']),
  lines: z.array(dischargeLineViewSchema),
  /** Labels of the required ones that are neither met nor passed over. */
  open: z.array(z.string()),
  escort: z.object({ name: z.string(), phone: z.string(), present: z.boolean(), atMs: utcMsSchema, by: who }).nullable(),
  /** "Criteria recorded as met by …", with the lines as they stood then. */
  assessed: z
    .object({
      eventId: idSchema,
      atMs: utcMsSchema,
      by: who,
      lines: z.array(
        z.object({
          criterion: z.string(),
          label: z.string(),
          verdict: z.enum(dischargeVerdicts),
          evidence: z.string(),
          atMs: z.number().nullable(),
          by: who,
        }),
      ),
    })
    .nullable(),
  /** What the next nurse has to know now. */
  card: handoverCardSchema,
  handovers: z.array(
    z.object({
      eventId: idSchema,
      atMs: utcMsSchema,
      from: z.string(),
      to: z.string(),
      card: handoverCardSchema,
      note: z.string().nullable(),
    }),
  ),
});
export type DischargeView = z.output<typeof dischargeViewSchema>;
