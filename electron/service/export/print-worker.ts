import { parentPort, workerData } from 'node:worker_threads';
import type { PrintTask } from './print-thread.ts';
import { recordPages, recordPdf } from './record-print.ts';
import { namesIn } from '../staff/names.ts';
import type { RecordProof } from '../../../shared/contract/record-proof.ts';
import type { SessionSource } from './record/session-source.ts';

/** The thread's own program: one task comes with it, one answer goes back, and it ends. */
/** A print has none. */
const noProof: RecordProof = { roomId: '', entries: [], checkpoints: [] };
const { kind, as, source: data } = workerData as PrintTask;
const source: SessionSource = { ...data, nameOf: namesIn(data.names, data.state.log), readings: () => [], proof: () => noProof };
parentPort?.postMessage(as === 'pdf' ? recordPdf(source, kind) : recordPages(source, kind));
