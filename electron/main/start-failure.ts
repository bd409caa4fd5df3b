import { app, dialog } from 'electron';

/** Why the shell cannot start, in words. They are shown by the system, because there is no page yet. */
export function showStartFailure(error: unknown): void {
  dialog.showErrorBox('Vigil cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

/** The room runs, with its key in the file as before. */
export function showKeyNotSealed(error: unknown): void {
  dialog.showErrorBox('The key was not sealed', error instanceof Error ? error.message : String(error));
}
