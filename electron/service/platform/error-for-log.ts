/**
 * An error as the log may hold it: its name, its code, and where it was thrown. Not its message: what could not be
 * parsed, stored or shown is quoted there, and that may be a patient's name.
 */
export function errorForLog(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const frame = /\n\s+at (?:(\S+) .*?|.*?)([\w-]+\.\w+:\d+)/.exec(error.stack?.slice(String(error).length) ?? '');
  return `${error.name}${code}${frame === null ? '' : ` at ${frame[1] ?? ''} ${frame[2] ?? ''}`.replace('  ', ' ')}`;
}
