import { test } from '@playwright/test';
import { canMakePtys } from '../../support/pty-pair.ts';
import { cableMonitor, type CabledMonitor } from '../support/cabled-monitor.ts';
import { fakeElectron, launchDesktop, realElectron, type DesktopShell } from '../support/desktop-shell.ts';
import { runWholeSession } from '../support/whole-session.ts';

for (const program of [fakeElectron, realElectron]) {
  test.describe(`the desktop shell, ${program.shows}`, () => {
    let monitor: CabledMonitor | null = null;
    let shell: DesktopShell | null = null;

    test.beforeEach(async () => {
      test.skip(program.missing !== null, `${program.missing}`);
      test.skip(!canMakePtys, 'socat is not here to make virtual serial cables');
      monitor = await cableMonitor();
      shell = await launchDesktop({ program, folder: monitor.folder });
    });
    test.afterEach(async () => {
      await shell?.close();
      shell = null;
      await monitor?.remove();
      monitor = null;
    });

    test('E2E-1 in the desktop shell: a new room is set up, a session runs from patient to record, all by the screen', async () => {
      if (shell === null || monitor === null) throw new Error('the shell or its monitor did not start');
      await runWholeSession(shell.page, monitor.port);
    });
  });
}
