import type { PersonId, SessionId } from '../../../shared/values/ids.ts';

/** Of as many people and sessions; the one that was kept longest ago makes way. */
const keptMax = 32;

/**
 * What people have typed on the observation line and not recorded, each for its author alone. In memory: a page that is
 * loaded again finds it, nobody else reads it, and no disk ever holds it in clear.
 */
export class ObservationDrafts {
  readonly #drafts = new Map<string, string>();

  keep(personId: PersonId, sessionId: SessionId, draft: string | null): void {
    const place = `${personId} ${sessionId}`;
    this.#drafts.delete(place);
    if (draft === null) return;
    this.#drafts.set(place, draft);
    const oldest = this.#drafts.size > keptMax ? this.#drafts.keys().next().value : undefined;
    if (oldest !== undefined) this.#drafts.delete(oldest);
  }

  of(personId: PersonId, sessionId: SessionId): string | null {
    return this.#drafts.get(`${personId} ${sessionId}`) ?? null;
  }
}
