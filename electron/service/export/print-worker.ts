import { parentPort, workerData } from 'node:worker_threads';
import type { PrintTask } from './print-thread.ts';
import { recordPages, recordPdf } from './record-print.ts';
import type { SessionSource } from './record/session-source.ts';

/** The thread's own program: one task comes with it, one answer goes back, and it ends. */
const { kind, as, source: data, names } = workerData as PrintTask;
const source: SessionSource = { ...data, nameOf: (personId) => names.get(personId) ?? null, readings: () => [] };
parentPort?.postMessage(as === 'pdf' ? recordPdf(source, kind) : recordPages(source, kind));
