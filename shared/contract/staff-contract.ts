import { oc } from '@orpc/contract';
import { z } from 'zod';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';
import { personViewSchema, roleSchema } from './board/people.ts';
import { refusalSchema } from './contract-errors.ts';
import { privatePhraseSchema } from './private-notes.ts';
import { badgeSchema } from './typed-badge.ts';
import { pinSchema, secondPersonSchema } from './typed-pin.ts';
import { typedReasonSchema } from './typed-reason.ts';

/** Every refusal travels as one declared error; its code says which. */
const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });

export const personNameSchema = z.string().trim().min(1).max(80);

/** A role that whoever looks may make somebody in; one of `confirmers` stands by, where there are any. */
const makingSchema = z.object({ role: roleSchema, confirmers: z.array(idSchema) });

/** Somebody of the room, for whoever looks at its people. */
export const staffMemberSchema = personViewSchema.extend({
  /** Since when they can sign in, or could until their access was ended. */
  sinceMs: utcMsSchema,
  /** Null for whoever can sign in. */
  ended: z.object({ atMs: utcMsSchema, by: z.string().nullable(), reason: z.string().nullable() }).nullable(),
  /** Whether they have one to say who they are with. */
  badge: z.boolean(),
  /** After wrong PINs, when this was asked. */
  lockedOut: z.boolean(),
  /** Of whom one confirms with their own PIN what is changed of this person; null where nobody at this page may change it. */
  changedWith: z.array(idSchema).nullable(),
  /** As `changedWith`, for a first PIN anew. */
  resetWith: z.array(idSchema).nullable(),
  /** Those that they may be given at this page, and of whom one confirms it. */
  roles: z.array(makingSchema),
});
export type StaffMember = z.output<typeof staffMemberSchema>;

/** An act about a person, and who stands by for it where one is not enough. */
const aboutPerson = z.object({ personId: idSchema, confirm: secondPersonSchema.optional() });

/** The people of the room: who they are, and who sits at which page. */
export const staffContract = {
  /** Repeated under the same number over the same connection it gives the same answer, and a wrong PIN counts once. */
  signIn: base
    .input(
      z.object({
        attemptId: idSchema.optional(),
        personId: idSchema,
        pin: pinSchema,
        /** Of the owner of a first PIN, which opens nothing else: what they sign in with from now on. */
        newPin: pinSchema.optional(),
        /** Beside whoever is in front here, who stays; else in their place. */
        beside: z.boolean().optional(),
      }),
    )
    .output(z.object({ person: personViewSchema, seat: z.string() })),
  /** Takes the seats of a page again after a reload or a reconnect. */
  resume: base
    .input(z.object({ seat: z.string().max(200), beside: z.string().max(200).optional() }))
    .output(z.object({ person: personViewSchema.nullable(), /** Its seats are covered, and stay the page's. */ covered: z.boolean() })),
  /** Whoever sits beside comes in front: reads, and acts first. */
  bringForward: base.input(z.object({ personId: idSchema })).output(z.object({})),
  /** One of the people at this page; without a name everybody. */
  signOut: base.input(z.object({ personId: idSchema }).optional()).output(z.object({})),
  /** Nobody sits here from now on, and nothing of anybody is shown here until somebody types their PIN. */
  cover: base.output(z.object({})),
  /** Keeps the seat in use while a person touches the page without recording anything. */
  stay: base.output(z.object({})),
  /** Whom the person at this page may make. */
  makings: base.output(z.array(makingSchema)),
  /** Everybody of the room in the order of being added, also whose access was ended. */
  list: base.output(z.array(staffMemberSchema)),
  /** With a first PIN: their owner changes it when they sign in. */
  add: base
    .input(z.object({ name: personNameSchema, role: roleSchema, pin: pinSchema, confirm: secondPersonSchema.optional() }))
    .output(personViewSchema),
  /** Called so, or in this role, from now on; what is the same already changes nothing. */
  change: base.input(aboutPerson.extend({ name: personNameSchema.optional(), role: roleSchema.optional() })).output(z.object({})),
  /**
   * Their own, of whoever is in front. Their private notes open with the new one from then on, or stay as they are.
   * Repeated as a sign-in is.
   */
  changePin: base
    .input(
      z.object({
        attemptId: idSchema.optional(),
        pin: pinSchema,
        newPin: pinSchema,
        phrase: privatePhraseSchema.optional(),
        leaveNotes: z.boolean().optional(),
      }),
    )
    .output(z.object({})),
  /** A first PIN anew, which ends their lockout; by two people, one of the ranks. */
  resetPin: base.input(aboutPerson.extend({ pin: pinSchema })).output(z.object({})),
  /** From now on; their seats are given up at once. */
  endAccess: base.input(aboutPerson.extend({ reason: typedReasonSchema.optional() })).output(z.object({})),
  /** They may try their PIN again at once. */
  endLockout: base.input(aboutPerson).output(z.object({})),
  /** Whose badge this is, to be asked for their PIN. Signs nobody in. */
  readBadge: base.input(z.object({ code: badgeSchema })).output(z.object({ personId: idSchema })),
  /** In place of the one that they had. */
  giveBadge: base.input(aboutPerson.extend({ code: badgeSchema })).output(z.object({})),
  removeBadge: base.input(aboutPerson).output(z.object({})),
  /** Of somebody whose access was ended, with the PIN that they had. */
  giveAccess: base.input(aboutPerson).output(z.object({})),
};
