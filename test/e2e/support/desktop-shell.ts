import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../../../electron/setup/electron-binary.mjs';
import { projectRoot } from '../../../electron/setup/project-root.mjs';

/** A program to run the built desktop shell with. */
export interface DesktopProgram {
  /** What a test that ran over it has shown, and what it has not. */
  readonly shows: string;
  readonly path: string;
  /** null: it can be used here. */
  readonly missing: string | null;
}

export const fakeElectron: DesktopProgram = {
  shows: 'over the fake of Electron: process wiring, preload, CSP and ports; not native ABI, menus, safeStorage, updates',
  path: join(projectRoot, 'test', 'support', 'fake-electron', 'electron'),
  missing: process.platform === 'win32' ? 'the fake of Electron is started by a shell script' : null,
};

export const realElectron: DesktopProgram = {
  shows: 'over the real Electron',
  path: findElectron(projectRoot) ?? '',
  missing: obstacleToElectron(),
};

/** Never by asking the package, which would download it. */
function obstacleToElectron(): string | null {
  if (findElectron(projectRoot) === undefined) return 'its program is not in node_modules/electron/dist';
  if (process.platform !== 'linux') return null;
  return process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined ? 'there is no display' : null;
}

export interface DesktopOptions {
  readonly program: DesktopProgram;
  /** Holds the room and the profile; no two shells that run at once may share it. */
  readonly folder: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Left out: where there is no key store the room's key lies in a file. */
  readonly keyInFile?: boolean;
}

export interface DesktopShell {
  /** Looks into the main process, for what the page cannot tell. */
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Of the room service that runs now; null while there is none. */
  servicePid(): Promise<number | null>;
  close(): Promise<void>;
}

export function desktopArguments({
  folder,
  args = [],
  keyInFile = true,
}: Omit<DesktopOptions, 'program' | 'environment'>): readonly string[] {
  const place = [`--user-data-dir=${join(folder, 'profile')}`, `--data=${join(folder, 'room')}`];
  return [projectRoot, ...place, ...(keyInFile ? ['--key-in-file'] : []), ...args];
}

/** Starts the shell as it was built, and waits for its window. */
export async function launchDesktop(options: DesktopOptions): Promise<DesktopShell> {
  mkdirSync(options.folder, { recursive: true });
  const app = await _electron.launch({
    executablePath: options.program.path,
    args: [...desktopArguments(options)],
    env: { ...(process.env as Record<string, string>), ...options.environment },
  });
  try {
    const page = await app.firstWindow();
    await page.waitForURL(/index\.html/, { waitUntil: 'load' });
    return { app, page, servicePid: () => servicePid(app), close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function servicePid(app: ElectronApplication): Promise<number | null> {
  const name = 'Vigil room service';
  return app.evaluate(
    (electron, wanted) => electron.app.getAppMetrics().find((process) => process.name === wanted && process.pid > 0)?.pid ?? null,
    name,
  );
}
