import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';

/** The page has an origin of its own instead of `file:`, which may read anything. */
export const pageScheme = 'app';
export const pageHost = 'vigil';
export const pageOrigin = `${pageScheme}://${pageHost}`;
export const pageUrl = `${pageOrigin}/index.html`;

/** The page's own files are all that a window may load. */
export function isOurs(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`);
}

/** Whether a call comes from our page itself: this window, its main frame, our origin. */
export function isOurPage(window: Pick<BrowserWindow, 'webContents'>, event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return event.sender === window.webContents && frame !== null && frame.parent === null && frame.origin === pageOrigin;
}
