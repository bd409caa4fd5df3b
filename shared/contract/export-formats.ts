import { z } from 'zod';

/** A form in which a record leaves the room as a file. */
interface FileFormat {
  readonly name: string;
  /** Of the file's name, without its dot. */
  readonly ending: string;
  readonly mimeType: string;
  /** Its bytes are UTF-8 text, which a terminal can take. */
  readonly isText: boolean;
  /** What is in it, for whoever chooses. */
  readonly words: string;
}

/** The one table of them: the command, the contract and the record screen read it. What writes each stands in the service. */
export const exportFormats = {
  pdf: { name: 'PDF', ending: 'pdf', mimeType: 'application/pdf', isText: false, words: 'the full print' },
  json: { name: 'JSON', ending: 'json', mimeType: 'application/json', isText: true, words: 'the whole record, versioned' },
  csv: { name: 'CSV', ending: 'csv', mimeType: 'text/csv', isText: true, words: 'one tidy table, readings included' },
} as const satisfies Readonly<Record<string, FileFormat>>;

export type ExportFormat = keyof typeof exportFormats;
export const exportFormatIds = Object.keys(exportFormats) as [ExportFormat, ...ExportFormat[]];
export const exportFormatSchema = z.enum(exportFormatIds);
