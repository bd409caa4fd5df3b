import { oc } from '@orpc/contract';
import { z } from 'zod';
import { observationTextMax } from '../clinical/observation.ts';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';
import { refusalSchema } from './contract-errors.ts';
import { privateSideViewSchema } from './board/room.ts';
import { pinSchema } from './typed-pin.ts';

/**
 * The private side: calls of its own, whose answers go to the page that asked and nowhere else. Nothing of it is in
 * the board, in a command or in an event but that a note exists, and its time.
 */
const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });

/** As long as a shared observation, so that any note can be moved across whole. */
export const privateTextMax = observationTextMax;
const text = z.string().max(privateTextMax);
/** What is being written may be longer, as pasted, until its author has shortened it: it is sealed all the same. */
const draftText = z.string().max(100_000);
/** Added to the PIN by an author who wants more than digits between their notes and whoever has this computer. */
export const privatePhraseMin = 8;
export const privatePhraseSchema = z.string().min(privatePhraseMin).max(200);

export const privateNoteSchema = z.object({
  noteId: idSchema,
  atMs: utcMsSchema,
  recordedMs: utcMsSchema,
  /** Null where this note no longer opens: it stays sealed, and the others are read all the same. */
  text: text.nullable(),
  /** When its words were moved to the shared side; null where they were not. */
  movedMs: utcMsSchema.nullable(),
});
export type PrivateNote = z.output<typeof privateNoteSchema>;

export const privateDraftSchema = z.object({ draftId: idSchema, text: draftText, begunAtMs: utcMsSchema });
export type PrivateDraft = z.output<typeof privateDraftSchema>;

const ofSession = z.object({ sessionId: idSchema });
const openedSchema = z.object({
  notes: z.array(privateNoteSchema),
  draft: privateDraftSchema.nullable(),
  /** Notes of theirs, in whichever session, that an earlier PIN or phrase keeps sealed. */
  sealedBefore: z.number().int().min(0),
});
export type OpenedNotes = z.output<typeof openedSchema>;
const opening = ofSession.extend({ pin: pinSchema, phrase: privatePhraseSchema.nullable() });

export const privateNotesContract = {
  /** What the signed-in person can do here, without opening anything. */
  look: base.input(ofSession).output(
    z.object({
      /** Why nothing can be written; null where it can. */
      closedBecause: z.string().nullable(),
      open: z.boolean(),
      /** Has a key already; false: opening makes one. */
      begun: z.boolean(),
      withPhrase: z.boolean(),
    }),
  ),
  /** Asks for the PIN again. The first time it makes the author's key, with a phrase of their own if they give one. */
  open: base.input(opening).output(openedSchema),
  /** For whoever lost the PIN or the phrase: from now on another key seals what they write. What was sealed before stays so. */
  beginAnew: base.input(opening).output(openedSchema),
  /** With the PIN, and the phrase, of before: what those sealed opens with what opens the others from then on. */
  openEarlier: base.input(opening).output(openedSchema),
  close: base.output(z.object({})),
  read: base.input(ofSession).output(openedSchema),
  /** Keeps what is being written, sealed; an empty text throws the draft away. */
  keepDraft: base.input(ofSession.extend({ draftId: idSchema, text: draftText, begunAt: utcMsSchema })).output(z.object({})),
  /** On disk when it answers. A repeated noteId answers again and writes nothing. */
  record: base
    .input(ofSession.extend({ noteId: idSchema, draftId: idSchema.nullable(), text: text.min(1), begunAt: utcMsSchema }))
    .output(privateNoteSchema),
  /** Its words become a shared observation at its time; the note stays, marked as moved. */
  moveToShared: base.input(ofSession.extend({ commandId: idSchema, noteId: idSchema })).output(z.object({})),
  /** An observation of one's own becomes a private note at its time and is undone in the record. */
  moveToPrivate: base.input(ofSession.extend({ commandId: idSchema, eventId: idSchema })).output(privateNoteSchema),
  /** Says in the record that unrecorded words go from one line to the other. The page moves them once this has answered. */
  moveDraft: base.input(ofSession.extend({ commandId: idSchema, direction: z.enum(['to-shared', 'to-private']) })).output(z.object({})),
  /** The clinic's choice, for the whole room. */
  configure: base.input(privateSideViewSchema).output(z.object({})),
};
