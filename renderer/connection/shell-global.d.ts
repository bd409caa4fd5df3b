import type { ShellApi } from '../../shared/shell/shell-api.ts';

declare global {
  interface Window {
    /** Put there by the desktop shell's preload; a browser has none. */
    readonly vigilShell?: ShellApi;
  }
}
