import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PrintKind, PrintPage } from '../../../shared/contract/print-page.ts';
import type { SessionSource } from './record/session-source.ts';

/** What a print is made from, as plain data: its thread reads neither the room nor its files. */
export interface PrintTask {
  readonly kind: PrintKind;
  readonly as: 'pages' | 'pdf';
  readonly source: Omit<SessionSource, 'nameOf' | 'readings' | 'proof'>;
}

/** A thread that needs more ends with an error, and the room goes on. */
const memoryMaxMb = 1024;

/**
 * Draws records on a thread of its own, one after the other. What draws them, its fonts and the pages go with the
 * thread: to load them alone would keep the room from recording for an eighth of a second, and hold their memory after.
 */
export class PrintThread {
  #before: Promise<unknown> = Promise.resolve();

  pdf(source: SessionSource, kind: PrintKind): Promise<Uint8Array> {
    return this.#next(printTask(source, kind, 'pdf')) as Promise<Uint8Array>;
  }

  pages(source: SessionSource, kind: PrintKind): Promise<readonly PrintPage[]> {
    return this.#next(printTask(source, kind, 'pages')) as Promise<readonly PrintPage[]>;
  }

  #next(task: PrintTask): Promise<unknown> {
    const result = this.#before.then(() => answerOf(task));
    this.#before = result.catch(() => undefined);
    return result;
  }
}

function printTask(source: SessionSource, kind: PrintKind, as: PrintTask['as']): PrintTask {
  const { nameOf: _nameOf, readings: _readings, proof: _proof, names: ofRoom, ...data } = source;
  // Nothing else that is known of people.
  const names = new Map([...ofRoom].map(([personId, { names: theirs }]) => [personId, { names: theirs }]));
  return { kind, as, source: { ...data, names } };
}

function answerOf(task: PrintTask): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(printProgram(), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: memoryMaxMb } });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread that prints ended without an answer (code ${code})`)));
  });
}

/** The built one: beside the built service, or in a checkout's `out/`. Its fonts are within it. */
function printProgram(): string {
  const name = 'print-worker.js';
  const here = import.meta.dirname;
  const found = [join(here, name), join(here, '..', '..', '..', 'out', 'main', name)].find((path) => existsSync(path));
  if (found === undefined) throw new Error('what prints is not built; run: npm run build');
  return found;
}
