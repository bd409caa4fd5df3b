import { z } from 'zod';
import { idSchema } from '../values/ids.ts';

/**
 * What an observation can say beside its words. Everything is optional: an absent key
 * was not observed, which is neither 0 nor "no".
 */

export const observationChipGroups = ['affect', 'stance', 'theme', 'phase', 'modality', 'act'] as const;
export type ObservationChipGroup = (typeof observationChipGroups)[number];

/** The words of each group, in the order in which they are offered. Themes are examples until a clinic has its own list. */
export const observationChips = {
  affect: ['calm', 'awe', 'grief', 'fear', 'joy', 'tender', 'anger', 'shame', 'numb', 'confused', 'agitated'],
  stance: ['silent presence', 'grounding', 'supportive touch', 'inquiry', 'redirection', 'music change'],
  theme: [
    'loss',
    'childhood',
    'body',
    'relationship',
    'death',
    'self-compassion',
    'spirituality',
    'work',
    'substance',
    'trauma memory',
    'guilt',
    'forgiveness',
    'meaning',
  ],
  phase: ['preparation', 'onset', 'ascent', 'peak', 'emergence', 'dialogue', 'closing', 'integration'],
  modality: [
    'CBT',
    'ACT',
    'trauma-informed',
    'somatic',
    'motivational interviewing',
    'relapse prevention',
    'IFS/parts',
    'EMDR-informed',
    'psychodynamic',
    'music-assisted',
    'other',
  ],
  act: ['acceptance', 'defusion', 'presence', 'self-as-context', 'values', 'committed action'],
} as const satisfies Record<ObservationChipGroup, readonly string[]>;

/** A session is in one phase at a time: of these groups one word is chosen, of the others any number. */
export const singleChipGroups: readonly ObservationChipGroup[] = ['phase'];

export const observationChipSchema = z.object({ group: z.enum(observationChipGroups), chip: z.string().trim().min(1).max(40) });
export type ObservationChip = z.output<typeof observationChipSchema>;
export const observationChipsMax = 40;

export const observationSafetyFlags = ['suicidal-statement', 'trauma-flooding', 'boundary-event'] as const;
export type ObservationSafetyFlag = (typeof observationSafetyFlags)[number];

/** Characters of a note, and of a sentence and a quotation beside it. */
export const observationTextMax = 4000;
export const observationSentenceMax = 300;
export const observationUtteranceMax = 1000;

const tenths = z.number().int().min(0).max(10);
const sentence = z.string().trim().min(1).max(observationSentenceMax);

export const observationDetailsSchema = z
  .object({
    /** How strong the affect is, 0 to 10. */
    affectIntensity: tenths.optional(),
    tears: z.boolean().optional(),
    /** Openness, or psychological flexibility, 0 to 10. */
    openness: tenths.optional(),
    /** Subjective units of distress as the therapist heard or saw it, 0 to 100. A rating by the patient is the instrument SUDS. */
    distress: z.number().int().min(0).max(100).optional(),
    /** What the therapist did, and what changed. */
    intervention: sentence.optional(),
    response: sentence.optional(),
    /** One sentence for the integration session: a value, an action, homework. */
    valuesAction: sentence.optional(),
    /** Verbatim. `consent`: the patient agreed that it is kept in the shared record. */
    utterance: z
      .object({
        words: z.string().trim().min(1).max(observationUtteranceMax),
        consent: z.boolean(),
        spoken: z.enum(['spontaneously', 'in-answer']),
      })
      .optional(),
    safety: z.array(z.enum(observationSafetyFlags)).max(observationSafetyFlags.length).optional(),
    /** The recorded adverse event that this is about. */
    adverseEventId: idSchema.optional(),
  })
  .strict();
export type ObservationDetails = z.output<typeof observationDetailsSchema>;

/** Whether there is anything to record: words, a chip, or one detail. `false` and 0 are said, an empty list is not. */
export function saysSomething(content: {
  readonly text: string;
  readonly chips: readonly unknown[];
  readonly details?: ObservationDetails | undefined;
}): boolean {
  const said = Object.values(content.details ?? {}).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined));
  return content.text.trim() !== '' || content.chips.length > 0 || said;
}

/** Speech in quotation marks, or someone who "said": then the line may hold what belongs into a private note. */
const quoted = /[“”«»„]|"[^"]*"|(?:^|\s)['‘][^'’]{3,}['’](?=\s|[.,;:!?]|$)/u;
const saying =
  /\b(?:said|says|saying|told|tells|asked|asks|answered|answers|replied|replies|whispered|whispers|mentioned|mentions|recalls?|recalled|talked|talks|spoke|speaks)\b/iu;

/**
 * Whether shared words look like the content of a conversation (45 CFR 164.501 separates that only where it is kept
 * apart). A hint for the page, never a reason to refuse: only the therapist knows which it is.
 */
export function looksLikeConversation(text: string): boolean {
  return quoted.test(text) && saying.test(text);
}
