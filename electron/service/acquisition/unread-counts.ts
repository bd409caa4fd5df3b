import type { MonitorDetail } from '../../../shared/contract/monitor-detail.ts';

const reasonsMax = 16;
const placeMaxLength = 120;

/** What arrived whole on one monitor's line and was not made into a reading, by its reason; survives reconnects. */
export class UnreadCounts {
  readonly #byReason = new Map<string, { count: number; place: string | null }>();

  add(reason: string, place: string | undefined): void {
    let entry = this.#byReason.get(reason);
    if (entry === undefined) {
      if (this.#byReason.size >= reasonsMax) return;
      entry = { count: 0, place: null };
      this.#byReason.set(reason, entry);
    }
    entry.count += 1;
    if (place !== undefined) entry.place = place.slice(0, placeMaxLength);
  }

  get list(): MonitorDetail['unread'] {
    return [...this.#byReason].map(([reason, { count, place }]) => ({ reason, count, place }));
  }
}
