/** What can be wrong with the store. The screens show each code with its own words. There is no fallback storage. */
export const storeErrorCodes = [
  'STORE_LOCKED',
  'STORE_WRONG_KEY',
  'STORE_NEWER',
  'STORE_CORRUPT',
  'STORE_NOT_ENCRYPTED',
  'STORE_READ_ONLY',
  'STORE_FULL',
  'STORE_FOLDER_FORBIDDEN',
  'STORE_FOLDER_LINK',
  'STORE_FAILED',
] as const;
export type StoreErrorCode = (typeof storeErrorCodes)[number];

/** `message` is one sentence or two for the person: what is wrong with which file, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly path: string;
  /** Of a write: its last step failed, the sync, and only a fresh open tells whether the disk has it. */
  readonly mayBeWritten: boolean;

  constructor(code: StoreErrorCode, message: string, path: string, cause?: unknown, mayBeWritten = false) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.path = path;
    this.mayBeWritten = mayBeWritten;
  }
}

/** What to do about a record that is damaged. */
export const recoverAdvice = 'Keep the folder as it is, run "vigil verify", and restore from a backup.';

/** The operating system's or SQLite's own code of an error, for example `EROFS` or `SQLITE_FULL`. */
export function causeCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Puts an error of the file system into our words. `doing` completes "Vigil could not …". */
export function fromFileError(error: unknown, path: string, doing: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = causeCode(error);
  const detail = `Vigil could not ${doing} (${code || String(error)}).`;
  switch (code) {
    case 'EROFS':
    case 'EPERM':
      return new StoreError('STORE_READ_ONLY', `${path} is read-only. ${detail}`, path, error);
    case 'EACCES':
      return new StoreError('STORE_FOLDER_FORBIDDEN', `${path} may not be used by this account. ${detail}`, path, error);
    case 'ENOSPC':
    case 'EDQUOT':
      return new StoreError('STORE_FULL', `The disk that holds ${path} is full. ${detail} Free some space.`, path, error);
    case 'ELOOP':
      return new StoreError('STORE_FOLDER_LINK', `${path} is a symbolic link. ${detail}`, path, error);
    default:
      return new StoreError('STORE_FAILED', `${path}: ${detail}`, path, error);
  }
}
