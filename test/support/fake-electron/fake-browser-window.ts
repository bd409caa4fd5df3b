import { EventEmitter } from 'node:events';
import { app, preventable } from './fake-app.ts';
import { FakeWebContents } from './fake-web-contents.ts';

interface WindowOptions {
  readonly width: number;
  readonly height: number;
  readonly kiosk: boolean;
  readonly webPreferences: { readonly preload: string };
}

/** A window that nobody sees; what a window manager would do to it is only remembered. */
export class BrowserWindow extends EventEmitter {
  static readonly #all = new Set<BrowserWindow>();
  readonly webContents: FakeWebContents;
  #kiosk: boolean;
  #destroyed = false;

  constructor({ width, height, kiosk, webPreferences }: WindowOptions) {
    super();
    this.#kiosk = kiosk;
    this.webContents = new FakeWebContents(webPreferences.preload, { width, height });
    BrowserWindow.#all.add(this);
    app.emit('web-contents-created', preventable(), this.webContents);
    this.webContents.on('destroyed', () => this.#closed());
  }

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }

  static fromWebContents(contents: FakeWebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  /** Answers whether it let itself be closed. */
  close(): boolean {
    const event = preventable();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.webContents.close();
    this.#closed();
    return true;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isKiosk(): boolean {
    return this.#kiosk;
  }

  setKiosk(on: boolean): void {
    this.#kiosk = on;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  focus(): void {
    this.emit('focus');
  }

  #closed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    BrowserWindow.#all.delete(this);
    this.emit('closed');
    if (BrowserWindow.#all.size === 0 && !app.quitting) app.emit('window-all-closed');
  }
}

app.closeWindows = () => BrowserWindow.getAllWindows().every((window) => window.close());
