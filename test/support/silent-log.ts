import type { Log, LogFields } from '../../electron/service/platform/platform.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
}

/** A log that prints nothing and remembers what it was told, for tests that look. */
export interface SilentLog extends Log {
  readonly lines: readonly LogLine[];
}

export function createSilentLog(): SilentLog {
  const lines: LogLine[] = [];
  const keep =
    (level: LogLine['level']) =>
    (event: string, fields: LogFields = {}): void => {
      lines.push({ level, event, fields });
    };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}
