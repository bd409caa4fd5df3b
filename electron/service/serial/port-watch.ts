import type { Clock, Log } from '../platform/platform.ts';
import type { BytePorts, PortInfo } from '../platform/byte-ports.ts';

export interface PortWatchOptions {
  readonly clock: Clock;
  readonly ports: BytePorts;
  readonly log: Log;
  /** For the log only. */
  readonly monitorId: string;
  /** `tag` is what was handed in when the list was asked for; null instead of ports where none could be had. */
  readonly onList: (ports: readonly PortInfo[] | null, tag: number | null) => void;
}

const listTimeoutMs = 10_000;

/** Asks for the list of ports, one question at a time; a list that hangs is not waited for. */
export class PortWatch {
  readonly #options: PortWatchOptions;
  /** When the list was asked for last, also where the question only waits. */
  askedMs: number;
  /** When the list that is under way was asked for. */
  #underWayMs: number | null = null;
  #again: { readonly tag: number | null } | null = null;
  #closed = false;

  constructor(options: PortWatchOptions) {
    this.#options = options;
    this.askedMs = options.clock.monoMs();
  }

  ask(tag: number | null): void {
    const { clock, ports, log, monitorId, onList } = this.#options;
    const askedMs = clock.monoMs();
    this.askedMs = askedMs;
    if (this.#closed) return;
    if (this.#underWayMs !== null && askedMs - this.#underWayMs < listTimeoutMs) {
      this.#again = { tag };
      return;
    }
    this.#underWayMs = askedMs;
    this.#again = null;
    void ports
      .list()
      .then(
        (listed) => {
          if (this.#underWayMs === askedMs && !this.#closed) onList(listed, tag);
        },
        (error: unknown) => {
          log.warn('port-list-failed', { monitorId, message: error instanceof Error ? error.message : String(error) });
          if (!this.#closed) onList(null, tag);
        },
      )
      .finally(() => {
        if (this.#underWayMs !== askedMs) return;
        this.#underWayMs = null;
        const again = this.#again;
        if (again !== null) this.ask(again.tag);
      });
  }

  close(): void {
    this.#closed = true;
  }
}
