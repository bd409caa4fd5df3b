import { defineConfig } from '@playwright/test';
import { ownClock } from './electron/setup/test-clock.mjs';

// The system's browser: Playwright's own would be a download that not every machine can make.
const executablePath = process.env['VIGIL_CHROMIUM'] ?? '/usr/bin/chromium';
/**
 * A window of Chromium brings two pages of its own for the list under its address field, in a process of their own: for a
 * window that nobody sees they were a tenth of the processor time of every test. The switch that leaves them out takes the
 * place of Playwright's, so that what Playwright leaves out is named here again (without what is Edge's).
 */
const withoutFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'PreloadTopChromeWebUI',
  'SpareRendererForSitePerProcess',
  // Playwright's.
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  forbidOnly: true,
  fullyParallel: false,
  // Three rooms at a time: a spec mostly waits for what a room does at its own pace, and uses half of a core.
  workers: 3,
  // On the gate's machine a second try tells a stall of the machine from a fault; a fault fails twice.
  retries: process.env['CI'] === undefined ? 0 : 1,
  // What must become true is waited for: these end what never does, and no busy machine comes near them.
  timeout: 1_200_000,
  expect: { timeout: 60_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] === undefined ? [['list']] : [['list'], ['json']],
  use: {
    viewport: { width: 1920, height: 1080 },
    // Set-up proposes dates and units by the language; the specs say which.
    locale: 'en-GB',
    // A trace takes a fifth of the time of every test; what failed on the gate is tried again with one.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    // As long as two expectations: what waits for a page that never comes says so, and does not stand until the test's own end.
    actionTimeout: 120_000,
    navigationTimeout: 120_000,
    launchOptions: {
      executablePath,
      // The clock that the rest of a run goes by ends it (see there).
      env: ownClock(process.env),
      args: [
        // Chromium's sandbox does not start for root.
        ...(asRoot ? ['--no-sandbox'] : []),
        // A test room has no network: what the browser would look up by itself only fills the log.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        `--disable-features=${withoutFeatures.join(',')}`,
      ],
    },
  },
});
