import type { ShellApi } from '../../shared/shell/shell-api.ts';

/** Put there by the desktop shell's preload; a browser has none. */
export function desktopShell(): ShellApi | undefined {
  return 'vigilShell' in window ? (window.vigilShell as ShellApi) : undefined;
}
