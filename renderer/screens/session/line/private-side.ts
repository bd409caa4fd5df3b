import { privateTextMax, type PrivateDraft, type PrivateNote } from '../../../../shared/contract/private-notes.ts';
import { tooLong } from '../../../components/fields/too-long.ts';

/**
 * The private side of one page, in memory and nowhere else: not in the window's storage, not with the shared observation.
 * What is being written is kept sealed by the service; what could not be kept yet stays here, out of sight.
 */
export interface PrivateLine {
  readonly draftId: string;
  readonly text: string;
  readonly begunAtMs: number | null;
}

/** A note on its way into the private file. */
export interface SentPrivateNote {
  readonly noteId: string;
  readonly line: PrivateLine;
  /** Why it is not recorded; null while it is on its way. */
  readonly problem: string | null;
}

export interface PrivateSide {
  readonly open: boolean;
  readonly notes: readonly PrivateNote[];
  /** Notes of theirs, in whichever session, that an earlier PIN or phrase keeps sealed. */
  readonly sealedBefore: number;
  readonly line: PrivateLine;
  readonly sent: readonly SentPrivateNote[];
  /** The text of the line that is sealed on disk. */
  readonly keptText: string;
  /** Why the draft is not sealed; null where it is, or there is none. */
  readonly keepProblem: string | null;
  /** What was not on disk when the side closed, by the author whose it is. Shown to nobody until they open again. */
  readonly held: ReadonlyMap<string, HeldWords>;
}

interface HeldWords {
  readonly line: PrivateLine | null;
  /** With their ids, so that what was recorded after all is not recorded twice. */
  readonly sent: readonly SentPrivateNote[];
}

export type PrivateChange =
  | {
      readonly type: 'opened';
      readonly personId: string;
      readonly notes: readonly PrivateNote[];
      readonly draft: PrivateDraft | null;
      readonly sealedBefore: number;
      readonly newId: string;
    }
  | { readonly type: 'closed'; readonly personId: string; readonly newId: string }
  | { readonly type: 'text'; readonly text: string; readonly nowMs: number }
  | { readonly type: 'kept'; readonly text: string }
  | { readonly type: 'keep-problem'; readonly problem: string }
  | { readonly type: 'send'; readonly noteId: string; readonly newId: string }
  | { readonly type: 'problem'; readonly noteId: string; readonly problem: string | null }
  | { readonly type: 'recorded'; readonly noteId: string; readonly note: PrivateNote }
  | { readonly type: 'notes'; readonly notes: readonly PrivateNote[]; readonly sealedBefore: number }
  /** The words of the line have gone to the other side. */
  | { readonly type: 'text-left' }
  | { readonly type: 'text-came'; readonly text: string; readonly begunAtMs: number };

export function closedSide(newId: string): PrivateSide {
  return { open: false, notes: [], sealedBefore: 0, line: emptyLine(newId), sent: [], keptText: '', keepProblem: null, held: new Map() };
}

/** Nothing typed is ever lost: it is in the line, on its way, sealed on disk, or held until its author opens again. */
export function changePrivateSide(side: PrivateSide, change: PrivateChange): PrivateSide {
  switch (change.type) {
    case 'opened':
      return opened(side, change);
    case 'closed': {
      if (!side.open) return side;
      const line = side.line.text === side.keptText || side.line.text.trim() === '' ? null : side.line;
      const holds = line !== null || side.sent.length > 0;
      return { ...closedSide(change.newId), held: holds ? new Map(side.held).set(change.personId, { line, sent: side.sent }) : side.held };
    }
    case 'text':
      return { ...side, line: begun({ ...side.line, text: change.text }, change.nowMs) };
    case 'kept':
      return { ...side, keptText: change.text, keepProblem: null };
    case 'keep-problem':
      return { ...side, keepProblem: change.problem };
    case 'send': {
      const { line, sent } = side;
      if (line.text.trim() === '' || tooLong(line.text, privateTextMax) !== undefined) return side;
      const note = { noteId: change.noteId, line, problem: null };
      return { ...side, line: emptyLine(change.newId), sent: [...sent, note], keptText: '', keepProblem: null };
    }
    case 'problem':
      return { ...side, sent: side.sent.map((one) => (one.noteId === change.noteId ? { ...one, problem: change.problem } : one)) };
    case 'recorded': {
      if (!side.open) return { ...side, held: withoutSent(side.held, change.noteId) };
      const notes = [...side.notes.filter(({ noteId }) => noteId !== change.noteId), change.note].sort((a, b) => a.atMs - b.atMs);
      return { ...side, notes, sent: side.sent.filter((one) => one.noteId !== change.noteId) };
    }
    case 'notes':
      return { ...side, notes: change.notes, sealedBefore: change.sealedBefore };
    case 'text-left':
      return { ...side, line: { ...side.line, text: '', begunAtMs: null } };
    case 'text-came': {
      const came = { ...side.line, text: change.text, begunAtMs: change.begunAtMs };
      return { ...side, line: joined(came, side.line) };
    }
  }
}

function opened(side: PrivateSide, change: Extract<PrivateChange, { type: 'opened' }>): PrivateSide {
  const { personId, notes, draft, sealedBefore, newId } = change;
  const held = side.held.get(personId);
  const kept = draft === null ? emptyLine(newId) : { ...draft };
  const line = held === undefined || held.line === null ? kept : joined(kept, held.line);
  const rest = new Map(side.held);
  rest.delete(personId);
  const sent = (held?.sent ?? []).map((note) => ({ ...note, problem: null }));
  return { open: true, notes, sealedBefore, line, sent, keptText: draft?.text ?? '', keepProblem: null, held: rest };
}

function withoutSent(held: PrivateSide['held'], noteId: string): PrivateSide['held'] {
  return new Map(
    [...held].map(([personId, words]) => [personId, { ...words, sent: words.sent.filter((note) => note.noteId !== noteId) }] as const),
  );
}

export function emptyLine(draftId: string): PrivateLine {
  return { draftId, text: '', begunAtMs: null };
}

function begun(line: PrivateLine, nowMs: number): PrivateLine {
  return { ...line, begunAtMs: line.text.trim() === '' ? null : (line.begunAtMs ?? nowMs) };
}

/** Two beginnings of a note as one, in the draft of the first that has one. A held text that is a later stand of the draft takes its place. */
function joined(first: PrivateLine, second: PrivateLine): PrivateLine {
  if (first.text.trim() === '') return { ...second, draftId: first.draftId };
  if (second.text.startsWith(first.text)) return { ...first, text: second.text };
  const text = [first.text, second.text].filter((part) => part.trim() !== '').join(' ');
  return { ...first, text, begunAtMs: first.begunAtMs ?? second.begunAtMs };
}
