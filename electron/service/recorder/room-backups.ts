import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { BackupSection } from '../../../shared/contract/board/room.ts';
import { utcMsSchema, type UtcMs } from '../../../shared/values/instant.ts';
import type { DoseState } from '../session/state/dose-state.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import type { Clock, Log } from '../platform/platform.ts';
import { dataFolderAt } from '../store/data-folder.ts';
import { writeWholeFile } from '../store/whole-file.ts';
import { isBackupDue, isDrillDue } from './backup-schedule.ts';

/** What makes backups, as processes of their own: a destination that hangs holds none of the room. */
export interface BackupMaker {
  /** The folder of the backups, as `vigil serve` was given it. */
  readonly to: string;
  /** Writes one; says its name, or why there is none. */
  backUp(): Promise<{ readonly name: string } | { readonly failed: string }>;
  /** Restores the one of that name on trial. */
  drill(name: string): Promise<{ readonly whole: true } | { readonly failed: string }>;
  /** Ends what runs. */
  close(): void;
}

const keptSchema = z.object({ lastMs: utcMsSchema.nullable(), drilledMs: utcMsSchema.nullable() });
type Kept = z.output<typeof keptSchema>;
const nothingKept: Kept = { lastMs: null, drilledMs: null };

const notedSchema = z.object({ to: z.string().min(1) });

/** Where a room's own backups lie, as it noted with the last one; null where it made none by itself, or the note cannot be read. */
export function notedDestination(folder: string): string | null {
  try {
    return notedSchema.parse(JSON.parse(readFileSync(dataFolderAt(folder).backupNoteFile, 'utf8'))).to;
  } catch {
    return null;
  }
}

type Dose = Pick<DoseState, 'status' | 'predictedEndMs'>;

interface RoomBackupsOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** The data folder: `backups.json` says there when the last backup and drill were. */
  readonly folder: string;
  readonly maker: BackupMaker;
  readonly session: () => { readonly dose: Dose } | null;
  readonly onChange: () => void;
}

/** A room's backups by its schedule: one at a time, and never a reason for anything else to wait. */
export class RoomBackups {
  readonly #options: RoomBackupsOptions;
  readonly #file: string;
  #kept: Kept;
  #failures = 0;
  #triedMs: UtcMs | null = null;
  #failure: BackupSection['failure'] = null;
  #sessionEndedMs: UtcMs | null = null;
  #wasOpen = false;
  #waits = false;
  #isAtWork = false;
  #isClosed = false;

  constructor(options: RoomBackupsOptions) {
    this.#options = options;
    this.#file = dataFolderAt(options.folder).backupNoteFile;
    this.#kept = this.#read();
  }

  get section(): BackupSection {
    return { ...this.#kept, waits: this.#waits, failure: this.#failure };
  }

  /** Once a second. */
  turn(): void {
    const { clock, session } = this.#options;
    const { utcMs: nowMs, offsetMin } = clock.now();
    const open = session();
    if (this.#wasOpen && open === null) this.#sessionEndedMs = nowMs;
    this.#wasOpen = open !== null;
    if (this.#isAtWork) return;
    const { lastMs } = this.#kept;
    const facts = { nowMs, offsetMin, lastMs, failures: this.#failures, triedMs: this.#triedMs, sessionEndedMs: this.#sessionEndedMs };
    const isDue = isBackupDue(facts);
    this.#wait(isDue && open !== null && isDosing(open.dose, nowMs));
    if (isDue && !this.#waits) void this.#backUp(nowMs);
  }

  #wait(waits: boolean): void {
    if (waits === this.#waits) return;
    this.#waits = waits;
    this.#options.onChange();
  }

  close(): void {
    this.#isClosed = true;
    this.#options.maker.close();
  }

  async #backUp(nowMs: UtcMs): Promise<void> {
    const { log, maker } = this.#options;
    this.#isAtWork = true;
    this.#triedMs = nowMs;
    try {
      const made = await maker.backUp();
      if (this.#isClosed) return;
      if ('failed' in made) {
        this.#failed(made.failed);
        return;
      }
      log.info('backed-up');
      this.#keep({ lastMs: nowMs });
      await this.#drill(made.name);
    } catch (error) {
      log.error('backup-not-run', { error: errorForLog(error) });
      this.#failed('The backup could not be begun.');
    } finally {
      this.#isAtWork = false;
    }
  }

  /** Not beside a session: it takes as long as verifying the room. */
  async #drill(name: string): Promise<void> {
    const { clock, maker, session } = this.#options;
    const { utcMs: nowMs } = clock.now();
    this.#succeeded();
    if (session() !== null || !isDrillDue(nowMs, this.#kept.drilledMs)) return;
    const drilled = await maker.drill(name);
    if (this.#isClosed) return;
    if ('failed' in drilled) this.#failed(drilled.failed);
    else this.#keep({ drilledMs: nowMs });
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#failure = null;
    this.#options.onChange();
  }

  #failed(message: string): void {
    this.#failures += 1;
    this.#failure = message;
    this.#options.log.warn('backup-failed', { failures: this.#failures });
    this.#options.onChange();
  }

  #keep(changed: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...changed };
    this.#options.onChange();
    try {
      writeWholeFile(this.#file, `${JSON.stringify({ ...this.#kept, to: this.#options.maker.to })}\n`);
    } catch (error) {
      // After the next start another one is made, which costs no more than that.
      this.#options.log.warn('backups-not-noted', { error: errorForLog(error) });
    }
  }

  #read(): Kept {
    try {
      return existsSync(this.#file) ? keptSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8'))) : nothingKept;
    } catch (error) {
      this.#options.log.warn('backups-not-read', { error: errorForLog(error) });
      return nothingKept;
    }
  }
}

const afterItsEndMs = 3_600_000;

/** A session that somebody forgot to end keeps no backup back for longer than an hour after its dose was to end. */
function isDosing({ status, predictedEndMs }: Dose, nowMs: UtcMs): boolean {
  if (status !== 'running' && status !== 'paused') return false;
  return predictedEndMs === null || nowMs < predictedEndMs + afterItsEndMs;
}
