import { EventEmitter } from 'node:events';
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync, watch, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** An event of Electron that a listener can prevent. */
export function preventable(): { readonly defaultPrevented: boolean; preventDefault(): void } {
  let prevented = false;
  return {
    get defaultPrevented() {
      return prevented;
    },
    preventDefault: () => (prevented = true),
  };
}

class FakeApp extends EventEmitter {
  readonly isPackaged = false;
  readonly #ready = Promise.withResolvers<void>();
  /** Closes all windows; answers whether all let themselves be closed. */
  closeWindows: () => boolean = () => true;
  utilities: () => { type: string; name: string; pid: number }[] = () => [];
  quitting = false;
  #isReady = false;
  #version = '';
  #userData = '';

  begin(version: string, userData: string): void {
    this.#version = version;
    this.#userData = userData;
    mkdirSync(userData, { recursive: true });
  }

  becomeReady(): void {
    this.#isReady = true;
    this.#ready.resolve();
    this.emit('ready');
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() has to be called before the app is ready');
  }

  getVersion(): string {
    return this.#version;
  }

  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`the fake has no path "${name}"`);
    return this.#userData;
  }

  getAppMetrics(): { type: string; name: string; pid: number }[] {
    return this.utilities();
  }

  /** By a file, as the answer has to be there at once; the second one leaves its arguments beside it. */
  requestSingleInstanceLock(): boolean {
    const lock = join(this.#userData, 'instance');
    try {
      writeSync(openSync(lock, 'wx'), String(process.pid));
    } catch {
      if (isAlive(Number(readFileSync(lock, 'utf8')))) {
        writeFileSync(join(this.#userData, `second-${process.pid}`), JSON.stringify(process.argv));
        return false;
      }
      writeFileSync(lock, String(process.pid));
    }
    process.on('exit', () => rmSync(lock, { force: true }));
    watch(this.#userData, () => this.#readSecondInstances()).unref();
    return true;
  }

  #readSecondInstances(): void {
    for (const name of readdirSync(this.#userData).filter((each) => each.startsWith('second-'))) {
      const text = readFileSync(join(this.#userData, name), 'utf8');
      if (text === '') continue;
      rmSync(join(this.#userData, name));
      this.emit('second-instance', preventable(), JSON.parse(text), process.cwd());
    }
  }

  quit(): void {
    if (!this.#isReady) return this.exit();
    this.quitting = true;
    const before = preventable();
    this.emit('before-quit', before);
    if (before.defaultPrevented || !this.closeWindows()) {
      this.quitting = false;
      return;
    }
    const will = preventable();
    this.emit('will-quit', will);
    if (!will.defaultPrevented) this.exit();
  }

  exit(code = 0): void {
    this.emit('quit', preventable(), code);
    process.exit(code);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const app = new FakeApp();
