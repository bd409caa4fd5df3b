import type { UnreadReason } from '../../../shared/clinical/line-account.ts';
import type { MonitorDetail } from '../../../shared/contract/monitor-detail.ts';

const placeMaxLength = 120;

/** What arrived whole on one monitor's line and was not made into a reading, by its reason; survives reconnects. */
export class UnreadCounts {
  readonly #byReason = new Map<UnreadReason, { count: number; place: string | null }>();

  add(reason: UnreadReason, place: string | undefined): void {
    let entry = this.#byReason.get(reason);
    if (entry === undefined) {
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
