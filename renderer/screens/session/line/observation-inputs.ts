import type { RoomClient } from '../../../connection/room-client.ts';
import { changeInputs, isEmpty, signedIn, type InputChange, type InputsByAuthor, type ObservationInput } from './observation-draft.ts';

/** What is typed on the line of one session, by whom. It outlives the line: the session is covered where nobody is signed in. */
export interface ObservationInputs {
  get(): InputsByAuthor;
  subscribe(task: () => void): () => void;
  change(author: string | null, change: InputChange): void;
  signedIn(author: string): void;
  /** What the service holds of each author, as far as this page knows; an author who is not in it was not asked about. */
  readonly held: Map<string, ObservationInput>;
}

const ofPages = new WeakMap<RoomClient, Map<string, ObservationInputs>>();

/** Those of a page: one client for each page. What is empty and not shown is forgotten. */
export function observationInputs(client: RoomClient, sessionId: string): ObservationInputs {
  const known = ofPages.get(client) ?? new Map<string, ObservationInputs>();
  ofPages.set(client, known);
  const found = known.get(sessionId) ?? createInputs(() => known.delete(sessionId));
  known.set(sessionId, found);
  return found;
}

function createInputs(forget: () => void): ObservationInputs {
  let inputs: InputsByAuthor = new Map();
  const shownBy = new Set<() => void>();
  const put = (next: InputsByAuthor): void => {
    inputs = next;
    for (const task of shownBy) task();
  };
  return {
    get: () => inputs,
    subscribe(task) {
      shownBy.add(task);
      return () => {
        shownBy.delete(task);
        if (shownBy.size === 0 && [...inputs.values()].every(isEmpty)) forget();
      };
    },
    change: (author, change) => put(changeInputs(inputs, { author, change })),
    signedIn: (author) => put(signedIn(inputs, author)),
    held: new Map(),
  };
}
