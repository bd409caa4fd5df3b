import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { PersonView } from '../../../../shared/contract/board/people.ts';
import type { OpenedNotes } from '../../../../shared/contract/private-notes.ts';
import { refusalOf, wordsOfFailure } from '../../../connection/failure.ts';
import { serviceNowMs, useBoard, useRoom } from '../../../live/room-context.tsx';
import { pauseMs, retryWaitsMs } from '../../../live/send-command.ts';
import { seatOf } from '../../../live/seat-store.ts';
import { useSeat } from '../../../live/use-seat.ts';
import { changePrivateSide, closedSide, type PrivateChange, type PrivateSide, type SentPrivateNote } from './private-side.ts';

export interface PrivateSideHandle {
  readonly side: PrivateSide;
  /** Who could write here; null where nobody is signed in, or their role keeps no private notes. */
  readonly author: PersonView | null;
  /** Rejects with the service's refusal. */
  readonly open: (pin: string, phrase: string | null) => Promise<void>;
  /** As `open`, under another key, where the PIN or the phrase was lost. */
  readonly beginAnew: (pin: string, phrase: string | null) => Promise<void>;
  /** The notes that an earlier PIN, and phrase, keep sealed. Rejects with the refusal. */
  readonly openEarlier: (pin: string, phrase: string | null) => Promise<void>;
  readonly close: () => void;
  readonly type: (text: string) => void;
  readonly record: () => void;
  readonly tryAgain: (noteId: string) => void;
  /** Moves words that are not recorded; resolves to them once the record says so. Rejects with the refusal. */
  readonly moveLine: (direction: 'to-shared' | 'to-private') => Promise<void>;
  readonly textLeft: () => void;
  readonly textCame: (text: string, begunAtMs: number) => void;
  readonly moveNote: (noteId: string) => Promise<void>;
  readonly moveObservation: (eventId: string) => Promise<void>;
}

/** A pause in typing after which the draft is sealed. */
const keepAfterMs = 600;
/** Nobody has touched a key or the screen for so long: whoever passes by must find it closed. */
const idleMs = 3 * 60_000;
const authors: readonly PersonView['role'][] = ['therapist', 'prescriber'];

/** The private side of this page for one session. Its words live in this hook and in the private file. */
export function usePrivateSide(sessionId: string): PrivateSideHandle {
  const { client, store } = useRoom();
  const { person } = useSeat();
  const present = useBoard((board) => board.staff.present);
  const [side, change] = useReducer(changePrivateSide, null, () => closedSide(crypto.randomUUID()));
  const openedBy = useRef<string | null>(null);
  const author = person !== null && authors.includes(person.role) ? person : null;
  const authorId = author?.personId ?? null;

  const hide = useCallback(() => {
    const personId = openedBy.current;
    openedBy.current = null;
    if (personId !== null) change({ type: 'closed', personId, newId: crypto.randomUUID() });
  }, []);
  const call = useGuardedCall(hide);

  const isHere = authorId !== null && present.includes(authorId);
  useEffect(() => {
    if (openedBy.current !== null && (openedBy.current !== authorId || !isHere)) hide();
  }, [authorId, isHere, hide]);

  const { line, keptText, open: isOpen, sent } = side;
  const close = useCallback(() => {
    if (openedBy.current === null) return;
    const begunAt = Math.round(line.begunAtMs ?? serviceNowMs(store.getState()));
    const keep = line.text === keptText ? null : client.private.keepDraft({ sessionId, draftId: line.draftId, text: line.text, begunAt });
    // What could not be sealed is held in this page until its author opens again.
    void (keep ?? Promise.resolve({}))
      .catch(() => undefined)
      .then(() => client.private.close())
      .catch(() => undefined);
    hide();
  }, [client, sessionId, store, line, keptText, hide]);

  useKeptDraft({ isOpen, line, keptText }, (text) => {
    const begunAt = Math.round(line.begunAtMs ?? serviceNowMs(store.getState()));
    call(() => client.private.keepDraft({ sessionId, draftId: line.draftId, text, begunAt })).then(
      () => change({ type: 'kept', text }),
      (error: unknown) => change({ type: 'keep-problem', problem: wordsOfFailure(error) }),
    );
  });
  useIdle(isOpen, close);
  useBeforeSignOut(isOpen && line.text !== keptText, () => {
    const begunAt = Math.round(line.begunAtMs ?? serviceNowMs(store.getState()));
    return client.private.keepDraft({ sessionId, draftId: line.draftId, text: line.text, begunAt });
  });

  useSending({ sessionId, sent, call }, change);
  const moves = useMoves(sessionId, call, change);
  const opened = (answer: OpenedNotes): void => {
    if (authorId === null) return;
    openedBy.current = authorId;
    change({ type: 'opened', personId: authorId, ...answer, newId: crypto.randomUUID() });
  };

  return {
    side,
    author,
    open: async (pin, phrase) => opened(await client.private.open({ sessionId, pin, phrase })),
    beginAnew: async (pin, phrase) => opened(await client.private.beginAnew({ sessionId, pin, phrase })),
    openEarlier: async (pin, phrase) => {
      const { notes, sealedBefore } = await call(() => client.private.openEarlier({ sessionId, pin, phrase }));
      change({ type: 'notes', notes, sealedBefore });
    },
    close,
    type: (text) => change({ type: 'text', text, nowMs: serviceNowMs(store.getState()) }),
    record: () => change({ type: 'send', noteId: crypto.randomUUID(), newId: crypto.randomUUID() }),
    tryAgain: (noteId) => change({ type: 'problem', noteId, problem: null }),
    textLeft: () => change({ type: 'text-left' }),
    textCame: (text, begunAtMs) => change({ type: 'text-came', text, begunAtMs }),
    ...moves,
  };
}

type Call = <T>(work: () => Promise<T>) => Promise<T>;

/** A call of the private side. Where the service says that it is closed, the page shows nothing of it any more. */
function useGuardedCall(hide: () => void): Call {
  return useCallback(
    async (work) => {
      try {
        return await work();
      } catch (error) {
        const code = refusalOf(error)?.code;
        if (code === 'PRIVATE_CLOSED' || code === 'STAFF_NOT_SIGNED_IN') hide();
        throw error;
      }
    },
    [hide],
  );
}

interface Sending {
  readonly sessionId: string;
  readonly sent: readonly SentPrivateNote[];
  readonly call: Call;
}

/** Sends what is on its way, each note once at a time. */
function useSending({ sessionId, sent, call }: Sending, change: (change: PrivateChange) => void): void {
  const { client, store } = useRoom();
  const underway = useRef(new Set<string>());
  const send = useCallback(
    async ({ noteId, line: { draftId, text, begunAtMs } }: SentPrivateNote) => {
      if (underway.current.has(noteId)) return;
      underway.current.add(noteId);
      const begunAt = Math.round(begunAtMs ?? serviceNowMs(store.getState()));
      try {
        const note = await call(() =>
          untilAnswered(() => client.private.record({ sessionId, noteId, draftId, text: text.trim(), begunAt })),
        );
        change({ type: 'recorded', noteId, note });
      } catch (error) {
        change({ type: 'problem', noteId, problem: wordsOfFailure(error) });
      }
      underway.current.delete(noteId);
    },
    [call, client, store, sessionId, change],
  );
  useEffect(() => {
    for (const note of sent) if (note.problem === null) void send(note);
  }, [sent, send]);
}

/** Text across, each an act of its own that the record states. */
function useMoves(
  sessionId: string,
  call: Call,
  change: (change: PrivateChange) => void,
): Pick<PrivateSideHandle, 'moveLine' | 'moveNote' | 'moveObservation'> {
  const { client } = useRoom();
  const reload = async (): Promise<void> => {
    const { notes, sealedBefore } = await call(() => client.private.read({ sessionId }));
    change({ type: 'notes', notes, sealedBefore });
  };
  return {
    moveLine: async (direction) => {
      await call(() => client.private.moveDraft({ sessionId, commandId: crypto.randomUUID(), direction }));
    },
    moveNote: async (noteId) => {
      await call(() => client.private.moveToShared({ sessionId, commandId: crypto.randomUUID(), noteId }));
      await reload();
    },
    moveObservation: async (eventId) => {
      await call(() => client.private.moveToPrivate({ sessionId, commandId: crypto.randomUUID(), eventId }));
      await reload();
    },
  };
}

/** Every try carries the same noteId, so that an answer lost on the way back does not record a note twice. */
async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const waitMs = retryWaitsMs[tries];
      if (refusalOf(error) !== null || waitMs === undefined) throw error;
      await pauseMs(waitMs);
    }
  }
}

/** Seals the line a moment after the last key. */
function useKeptDraft(
  { isOpen, line, keptText }: Pick<PrivateSide, 'line' | 'keptText'> & { isOpen: boolean },
  keep: (text: string) => void,
): void {
  const latest = useRef(keep);
  useEffect(() => {
    latest.current = keep;
  });
  const { text, draftId } = line;
  useEffect(() => {
    if (!isOpen || text === keptText) return undefined;
    const timer = setTimeout(() => latest.current(text), keepAfterMs);
    return () => clearTimeout(timer);
  }, [isOpen, text, keptText, draftId]);
}

/** What was typed is sealed before somebody signs out, while the seat is still theirs. */
function useBeforeSignOut(isDue: boolean, keep: () => Promise<unknown>): void {
  const seat = seatOf(useRoom().client);
  const latest = useRef(keep);
  useEffect(() => {
    latest.current = keep;
  });
  useEffect(() => (isDue ? seat.beforeSignOut(() => latest.current()) : undefined), [seat, isDue]);
}

function useIdle(isOpen: boolean, onIdle: () => void): void {
  const latest = useRef(onIdle);
  useEffect(() => {
    latest.current = onIdle;
  });
  useEffect(() => {
    if (!isOpen) return undefined;
    let timer = setTimeout(() => latest.current(), idleMs);
    const used = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(), idleMs);
    };
    const acts = ['keydown', 'pointerdown', 'input'] as const;
    for (const act of acts) window.addEventListener(act, used, true);
    return () => {
      clearTimeout(timer);
      for (const act of acts) window.removeEventListener(act, used, true);
    };
  }, [isOpen]);
}
