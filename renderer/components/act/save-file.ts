import type { FileContent } from '../../../shared/contract/print-contract.ts';

/** Hands a file to the browser or the window, which puts it where its downloads go. */
export function saveFile(fileName: string, content: FileContent, mimeType: string): void {
  const part = content.as === 'text' ? content.text : Uint8Array.from(atob(content.base64), (letter) => letter.codePointAt(0) ?? 0);
  const address = URL.createObjectURL(new Blob([part], { type: mimeType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken what it needs by the next turn; held longer it would keep the record in memory.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
