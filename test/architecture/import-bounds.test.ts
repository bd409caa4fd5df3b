import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BoundsReport } from '../../electron/setup/import-bounds.mjs';
import { boundsProblems, importBoundsProblems, readImportBounds } from '../../electron/setup/import-bounds.mjs';
import { projectRoot } from '../../electron/setup/project-root.mjs';

const config: { forbidden: readonly { name: string }[] } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

/** rule → the file that breaks it and what it imports. `type` imports are planted among them: they count. */
const violations: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  'no-cycle': ['shared/values/about.ts', './round.ts'],
  'no-unresolvable': ['renderer/live/lost.ts', './nowhere.ts'],
  'nothing-imports-tests': ['electron/service/recorder/tested.ts', '../../../test/support/silent-log.ts'],
  'no-helper-names': ['renderer/format/number.ts', './utils.ts'],
  'shared-is-pure': ['shared/values/clock.ts', 'node:fs'],
  'contract-package-only-in-contract': ['shared/clinical/call.ts', '@orpc/contract'],
  'contract-is-only-a-contract': ['shared/contract/server.ts', '@orpc/server'],
  'main-is-thin': ['electron/main/relay.ts', '../service/recorder/recorder.ts'],
  'preload-is-a-doorway': ['electron/preload/files.ts', 'node:fs'],
  'service-knows-no-shell': ['electron/service/api/window.ts', '../../main/windows.ts'],
  'service-pure-folders': ['electron/service/session/timed.ts', 'node:timers'],
  'service-pure-folders-no-packages': ['electron/service/drivers/networked.ts', 'ws'],
  'service-platform': ['electron/service/platform/high.ts', '../recorder/recorder.ts'],
  'service-serial': ['electron/service/serial/high.ts', '../drivers/driver.ts'],
  'service-drivers': ['electron/service/drivers/wired.ts', '../serial/serial-link.ts'],
  'drivers-stand-alone': ['electron/service/drivers/masimo-ascii1/borrowed.ts', '../dinamap/frame.ts'],
  'drivers-by-their-directory': ['electron/service/acquisition/mapped.ts', '../drivers/hl7-oru/driver.ts'],
  'decoders-know-no-simulator': ['electron/service/drivers/dinamap/told.ts', './simulator.ts'],
  'service-session': ['electron/service/session/stored.ts', '../store/database.ts'],
  'session-events': ['electron/service/session/events/folded.ts', '../state/session-state.ts'],
  'session-state': ['electron/service/session/state/answering.ts', '../questions/due-times.ts'],
  'session-questions': ['electron/service/session/questions/deciding.ts', '../decide/decide-session.ts'],
  'session-decide': ['electron/service/session/decide/of-room.ts', '../room/room-state.ts'],
  'service-staff': ['electron/service/staff/stored.ts', '../store/database.ts'],
  'service-simulation': ['electron/service/simulation/monitored.ts', '../drivers/driver.ts'],
  'service-store': ['electron/service/store/high.ts', '../recorder/recorder.ts'],
  'store-knows-events-only': ['electron/service/store/judging.ts', '../session/decide/decide-session.ts'],
  'service-acquisition': ['electron/service/acquisition/writing.ts', '../store/database.ts'],
  'service-recorder': ['electron/service/recorder/showing.ts', '../projection/live-feed.ts'],
  'service-projection': ['electron/service/projection/writing.ts', '../recorder/recorder.ts'],
  'service-export': ['electron/service/export/writing.ts', '../recorder/recorder.ts'],
  'record-knows-no-board': ['electron/service/export/record/drawn.ts', '../../../../shared/contract/session-view/session-view.ts'],
  'service-sync': ['electron/service/sync/writing.ts', '../recorder/recorder.ts'],
  'service-api': ['electron/service/api/direct.ts', '../store/database.ts'],
  'entry-is-the-end': ['electron/service/api/started.ts', '../entry/headless.ts'],
  'only-importer-of-better-sqlite3': ['electron/service/store/second.ts', 'better-sqlite3'],
  'only-importer-of-serialport': ['electron/service/serial/second.ts', 'serialport'],
  'only-importer-of-@serialport': ['electron/service/serial/third.ts', '@serialport/bindings-cpp'],
  'only-importer-of-pg': ['electron/service/sync/second.ts', 'pg'],
  'only-importer-of-electron': ['electron/service/api/shell.ts', 'electron'],
  'cli-serves-no-window': ['electron/cli/window.ts', '../main/windows.ts'],
  'page-knows-only-the-contract': ['renderer/live/direct.ts', '../../electron/service/recorder/recorder.ts'],
  'page-without-node': ['renderer/format/path.ts', 'node:path'],
  'places-are-on-top': ['renderer/sheets/dose/leaving.ts', '../../places/home-place.ts'],
  'screens-stand-alone': ['renderer/screens/home/shortcut.ts', '../session/session.ts'],
  'sheets-know-no-screen': ['renderer/sheets/dose/standing.ts', '../../screens/session/session.ts'],
  'components-are-below': ['renderer/components/high.ts', '../sheets/dose/dose.ts'],
  'live-state-draws-nothing': ['renderer/live/drawing.ts', '../components/tile.ts'],
};

/** What the rules allow, so that a pattern which forbids everything does not pass for a rule. */
const allowed: readonly (readonly [file: string, imported: string])[] = [
  ['shared/contract/contract.ts', '@orpc/contract'],
  ['shared/contract/contract.ts', 'zod'],
  ['electron/main/windows.ts', 'electron'],
  ['electron/main/windows.ts', 'node:path'],
  ['electron/preload/preload.ts', 'electron'],
  ['electron/preload/preload.ts', '../../shared/shell/shell-contract.ts'],
  ['electron/service/serial/serialport-ports.ts', 'serialport'],
  ['electron/service/store/database.ts', 'better-sqlite3'],
  ['electron/service/sync/hub/hub-connection.ts', 'pg'],
  ['electron/service/store/database.ts', 'node:fs'],
  ['electron/service/store/event-log.ts', '../session/events/session-event.ts'],
  ['electron/service/recorder/recorder.ts', '../session/decide/decide-session.ts'],
  ['electron/service/drivers/dinamap/driver.ts', './simulator.ts'],
  ['electron/service/drivers/dinamap/simulator.ts', '../../simulation/physiology.ts'],
  ['electron/service/drivers/dinamap/decode.ts', '../framing.ts'],
  ['electron/service/export/record/session-source.ts', '../../projection/session-readings.ts'],
  ['electron/service/room-service.ts', './recorder/recorder.ts'],
  ['electron/service/entry/headless.ts', '../room-service.ts'],
  ['electron/cli/serve.ts', '../service/entry/headless.ts'],
  ['renderer/screens/home/home.ts', './tile-row.ts'],
  ['renderer/screens/home/home.ts', '../../components/tile.ts'],
  ['renderer/screens/home/home.ts', '../../sheets/dose/dose.ts'],
  ['renderer/sheets/dose/dose.ts', '../../components/tile.ts'],
  ['renderer/places/home-place.ts', '../screens/home/home.ts'],
  ['renderer/places/home-place.ts', '../sheets/dose/dose.ts'],
  ['renderer/app.tsx', './places/home-place.ts'],
  ['renderer/components/tile.ts', 'react'],
];

let root = '';
let report: BoundsReport;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'vigil-planted-'));
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
  const imports = new Map<string, string[]>();
  for (const [file, imported] of [...Object.values(violations), ...allowed]) {
    imports.set(file, [...(imports.get(file) ?? []), imported]);
    if (imported.startsWith('.') && imported !== './nowhere.ts') {
      const target = join(dirname(file), imported);
      imports.set(target, imports.get(target) ?? []);
    }
  }
  imports.set('shared/values/round.ts', ['./about.ts']);
  for (const [file, modules] of imports) plant(file, modules);
  report = await readImportBounds(root);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function plant(file: string, modules: readonly string[]): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  const lines = modules.map((module, index) => `import type * as m${index} from '${module}';\nexport type T${index} = typeof m${index};\n`);
  writeFileSync(join(root, file), `${lines.join('')}export {};\n`);
}

test('ARCH-3 the tree keeps its import bounds', async () => {
  expect(await importBoundsProblems()).toEqual([]);
});

test('ARCH-4 every rule of the import bounds has a planted violation', () => {
  expect(Object.keys(violations).sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
});

test.each(Object.entries(violations))('ARCH-4 the planted violation of %s is reported', (rule, [file]) => {
  expect(report.summary.violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(rule);
});

test('ARCH-4 what the rules allow is not reported', () => {
  const innocent = new Set(allowed.map(([file]) => file));
  expect(
    report.summary.violations.filter(({ from }) => innocent.has(from)).map(({ rule, from, to }) => `${rule.name} ${from} ${to}`),
  ).toEqual([]);
});

test('ARCH-5 a checker that read nothing does not pass', () => {
  const nothing: BoundsReport = { modules: [], summary: { violations: [] } };
  expect(boundsProblems(nothing, ['shared/a.ts'], 1)).toEqual(['not-read: shared/a.ts was not looked at']);
  expect(boundsProblems(nothing, [], 60)).toEqual(['module-floor: only 0 modules found, expected at least 60']);
});
