import { desktopShell } from '../../connection/desktop-shell.ts';
import { ShellRefusedError } from '../../connection/failure.ts';
import { kioskText } from '../../text/kiosk.ts';
import type { FileContent } from '../../../shared/contract/print-contract.ts';

/**
 * Hands a file to the browser or the window, which puts it where its downloads go. Throws in words in a kiosk: it would ask
 * where to in a dialog of the system, which shows the computer's files to whoever stands there.
 */
export async function saveFile(fileName: string, content: FileContent, mimeType: string): Promise<void> {
  if ((await desktopShell()?.isKiosk()) === true) throw new ShellRefusedError(kioskText.savesNothing);
  const part = content.as === 'text' ? content.text : Uint8Array.from(atob(content.base64), (letter) => letter.codePointAt(0) ?? 0);
  const address = URL.createObjectURL(new Blob([part], { type: mimeType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken what it needs by the next turn; held longer it would keep the record in memory.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
