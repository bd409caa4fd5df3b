import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import type { OpenedNotes } from '../../../shared/contract/private-notes.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { Author, AuthorSecret } from '../recorder/private-notes.ts';
import { decidePrivateSide } from '../session/room/private-side.ts';
import { decideSignIn } from '../staff/authentication.ts';
import { peopleAt, type CallContext, type OpenRoom } from './call-context.ts';
import { comparePin, countedTry, inPinQueue } from './check-pin.ts';
import { contract, requireActor, requireFront, requireReader } from './procedure.ts';

/**
 * The private side. Its answers go to the page that asked; nothing here is told to the feed or the log. Who may open
 * it stands in the table of roles, whose notes they are in the key.
 */

const look = contract.private.look.handler(({ context }) => {
  const author: Author = requireReader(context, 'write-private-notes');
  const { privateNotes } = context.host.room;
  const begun = privateNotes.keys.begun(author.personId);
  return {
    closedBecause: whyClosed(context.host.room, author.personId, begun !== null)?.message ?? null,
    open: privateNotes.isOpen(author),
    begun: begun !== null,
    withPhrase: begun?.withPhrase ?? false,
  };
});

const open = contract.private.open.handler(({ context, input }) =>
  opening(context, input, (author, secret, { privateNotes }) => privateNotes.open(author, secret)),
);

const beginAnew = contract.private.beginAnew.handler(({ context, input }) =>
  opening(context, input, (author, secret, { privateNotes }) => privateNotes.beginAnew(author, secret)),
);

interface Opening {
  readonly sessionId: SessionId;
  readonly pin: string;
  readonly phrase: string | null;
}

type Opens = (author: Author, secret: AuthorSecret, room: OpenRoom) => Promise<void>;

async function opening(context: CallContext, { sessionId, pin, phrase }: Opening, opens: Opens): Promise<OpenedNotes> {
  const author = authorAt(context);
  const { room } = context.host;
  const why = whyClosed(room, author.personId, room.privateNotes.keys.begun(author.personId) !== null);
  if (why !== null) throw why;
  await inPinQueue(async () => {
    // As at a sign-in, with its lockout. It takes no seat, and so a right one is no event.
    await comparePin(context, author.personId, pin, decideSignIn);
    await opens(author, { pin, phrase }, room);
  });
  // Opening takes a second, in which the seat may have been left.
  if (room.seats.holder(author.seat) !== author.personId) {
    room.privateNotes.close(author.seat);
    throw new RefusedError({ code: 'STAFF_NOT_SIGNED_IN', message: 'You signed out meanwhile. Sign in, then open your notes again.' });
  }
  return room.privateNotes.read(author, sessionId);
}

/** The PIN is one of before: what does not open anything counts as a wrong one. */
const openEarlier = contract.private.openEarlier.handler(async ({ context, input: { sessionId, pin, phrase } }) => {
  const author = authorAt(context);
  const { privateNotes } = context.host.room;
  await inPinQueue(() => countedTry(context, author.personId, () => privateNotes.openEarlier(author, { pin, phrase }), notOfBefore));
  return privateNotes.read(author, sessionId);
});

const notOfBefore: Refusal = {
  code: 'PRIVATE_KEY_REFUSED',
  message: 'This opens none of your notes from before. If they had a phrase, it belongs to it. Nothing was changed, and they stay sealed.',
};

const close = contract.private.close.handler(({ context }) => {
  for (const { seat } of peopleAt(context)) context.host.room.privateNotes.close(seat);
  return {};
});

const read = contract.private.read.handler(({ context, input }) =>
  context.host.room.privateNotes.read(requireReader(context, 'write-private-notes'), input.sessionId),
);

/** Also allowed after the clinic has switched private notes off, so that what is being typed is not lost. */
const keepDraft = contract.private.keepDraft.handler(({ context, input }) => {
  const { sessionId, ...draft } = input;
  context.host.room.privateNotes.keepDraft(authorAt(context), sessionId, draft);
  return {};
});

const record = contract.private.record.handler(({ context, input }) => {
  const { sessionId, ...note } = input;
  const author = writerAt(context);
  return context.host.room.privateNotes.record(author, sessionId, note);
});

const moveToShared = contract.private.moveToShared.handler(({ context, input }) => {
  context.host.room.privateNotes.moveToShared(authorAt(context), input.sessionId, input.commandId, input.noteId);
  return {};
});

const moveToPrivate = contract.private.moveToPrivate.handler(({ context, input }) =>
  context.host.room.privateNotes.moveToPrivate(writerAt(context), input.sessionId, input.commandId, input.eventId),
);

const moveDraft = contract.private.moveDraft.handler(({ context, input }) => {
  const author = input.direction === 'to-private' ? writerAt(context) : authorAt(context);
  context.host.room.privateNotes.moveDraft(author, input.sessionId, input.commandId, input.direction);
  return {};
});

const configure = contract.private.configure.handler(({ context, input }) => {
  const { personId } = requireActor(context, 'configure-private-notes');
  const { recorder } = context.host.room;
  const decision = decidePrivateSide(recorder.room, input);
  if (decision.events.length > 0) recorder.recordRoom(decision, personId);
  return {};
});

/** Only the person in front may read: what they open is shown on the page. */
function authorAt(context: CallContext): Author {
  return requireFront(context, 'write-private-notes');
}

function writerAt(context: CallContext): Author {
  const author = authorAt(context);
  const why = whyClosed(context.host.room, author.personId, false);
  if (why !== null) throw why;
  return author;
}

/** When private notes are switched off, no new ones are written. Authors can still open and read those they have. */
function whyClosed({ recorder }: OpenRoom, personId: PersonId, hasNotes: boolean): RefusedError | null {
  recorder.requireRole(personId, 'write-private-notes');
  if (recorder.room.privateNotes.offered || hasNotes) return null;
  return new RefusedError({
    code: 'PRIVATE_SWITCHED_OFF',
    message: 'This clinic keeps no private notes on this workstation. Write what belongs into the record on the shared side.',
  });
}

export const privateNoteProcedures = {
  look,
  open,
  beginAnew,
  openEarlier,
  close,
  read,
  keepDraft,
  record,
  moveToShared,
  moveToPrivate,
  moveDraft,
  configure,
};
