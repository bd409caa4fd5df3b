import { exportFormats, type ExportFormat } from '../../../shared/contract/export-formats.ts';
import { atOnce, inTurns } from '../platform/in-turns.ts';
import { csvHead, csvOfDocument, csvOfReadings } from './record-csv.ts';
import { recordFile } from './record-file.ts';
import { recordDocument } from './record/record-document.ts';
import { recordWords } from './record/record-words.ts';
import type { SessionSource } from './record/session-source.ts';

/** Writes a whole text in steps, as UTF-8. The source's room has to be open until it is written. */
type WriteText = (source: SessionSource) => Generator<void, string>;

/** What writes each form of `exportFormats`. */
const writers: Readonly<Record<ExportFormat, WriteText | 'print'>> = { pdf: 'print', json: recordText, csv: recordTable };

/** In a room that records: a text in steps, a print by `print`. */
export function writeInSteps(
  source: SessionSource,
  format: ExportFormat,
  print: (source: SessionSource) => Promise<Uint8Array>,
): Promise<string | Uint8Array> {
  const write = writers[format];
  return write === 'print' ? print(source) : inTurns(write(source));
}

/** Where nothing waits for it. What a print is made with is seven megabytes, so it is loaded where one is asked for. */
export async function loadWriter(format: ExportFormat): Promise<(source: SessionSource) => string | Uint8Array> {
  const write = writers[format];
  if (write !== 'print') return (source) => atOnce(write(source));
  const { recordPdf } = await import('./record-print.ts');
  return (source) => recordPdf(source, 'full');
}

/**
 * `vigil-2026-11-23-5b0c91d2.pdf`: the day and the end of the session's id, which its record shows. Neither name nor record
 * number: a file's name stands in lists of downloads, in backups and in logs.
 */
export function recordFileName(source: SessionSource, format: ExportFormat): string {
  const { openedMs, sessionId } = source.state;
  return `vigil-${recordWords(source).iso(openedMs).slice(0, 10)}-${sessionId.slice(-8)}.${exportFormats[format].ending}`;
}

function* recordText(source: SessionSource): Generator<void, string> {
  const document = recordDocument(source);
  yield;
  return recordFile(document, source.proof());
}

/** Three hours of two monitors are fifty thousand lines. */
const linesOfStep = 1000;

/** Everything that people entered, then every reading. */
function* recordTable(source: SessionSource): Generator<void, string> {
  const text = [csvHead(), ...csvOfDocument(recordDocument(source))];
  yield;
  let lines = 0;
  for (const line of csvOfReadings(source.readings(), recordWords(source), source.state.artefacts)) {
    text.push(line);
    lines += 1;
    if (lines % linesOfStep === 0) yield;
  }
  return text.join('');
}
