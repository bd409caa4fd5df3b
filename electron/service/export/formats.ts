import { exportFormats, type ExportFormat } from '../../../shared/contract/export-formats.ts';
import { csvHead, csvOfDocument, csvOfReadings } from './record-csv.ts';
import { recordFile } from './record-file.ts';
import { recordDocument } from './record/record-document.ts';
import { recordWords } from './record/record-words.ts';
import type { SessionSource } from './record/session-source.ts';

/** Writes a whole file in steps, text as UTF-8. The source's room has to be open until it is written. */
export type WriteRecord = (source: SessionSource) => Generator<void, string | Uint8Array>;

/** What writes each form of `exportFormats`; loaded where a file is asked for, because what a print is made with is seven megabytes. */
const writers: Readonly<Record<ExportFormat, () => Promise<WriteRecord>>> = {
  pdf: async () => {
    const { writePdf } = await import('./record-print.ts');
    return (source) => writePdf(source, 'full');
  },
  json: () => Promise.resolve(recordText),
  csv: () => Promise.resolve(recordTable),
};

export function loadWriter(format: ExportFormat): Promise<WriteRecord> {
  return writers[format]();
}

/** `vigil-2026-11-23-DEMO-0042.pdf`: the day and the record number, and no name. */
export function recordFileName(source: SessionSource, format: ExportFormat): string {
  const { opened, openedMs } = source.state;
  const number = opened.recordNumber.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40);
  return `vigil-${recordWords(source).iso(openedMs).slice(0, 10)}-${number}.${exportFormats[format].ending}`;
}

function* recordText(source: SessionSource): Generator<void, string> {
  const document = recordDocument(source);
  yield;
  return recordFile(document);
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
