import { app, dialog } from 'electron';

/** What keeps the shell from starting at all, in words; the page cannot say it, because there is none. */
export function showStartFailure(error: unknown): void {
  dialog.showErrorBox('Vigil cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}
