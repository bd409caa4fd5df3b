import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { serveRoom } from '../e2e/support/served-room.ts';
import { cableMonitor } from '../e2e/support/cabled-monitor.ts';
import { signIn } from '../e2e/support/session-acts.ts';
import { makePtyPair } from '../support/pty-pair.ts';
import { nurse, prepareRoom } from '../support/prepared-room.ts';
import { callRoom, openServedSession } from '../support/room-client.ts';
import { quantile } from './statistics.ts';

export interface PageLatency {
  readonly frames: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly limitMs: number;
}

const frames = 60;
const warmUp = 5;
const everyMs = 1037;
/** Two frames of a display with sixty a second. */
const limitMs = 33;

/**
 * From the last byte of a Masimo line, written to one end of a pseudo-terminal, until its pulse rate stands in the
 * page's text: real serialport, real service, real Chromium. Beside it the page draws another monitor's pleth, of 75
 * values a second. Both ends read the wall clock of one computer; the page looks whenever its DOM has changed. Lines come
 * a little slower than once a second, so that they meet every phase of the service's own seconds.
 */
export async function benchPageLatency(): Promise<PageLatency> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-page-'));
  const [roomEnd, monitorEnd] = [join(folder, 'ttyRoom'), join(folder, 'ttyMonitor')];
  const pair = await makePtyPair(roomEnd, monitorEnd);
  const waves = await cableMonitor('nonin-df7');
  const monitors = [
    { name: 'Oximeter', protocol: 'masimo-ascii1', port: roomEnd },
    { name: 'Pleth', protocol: 'nonin-df7', port: waves.port },
  ] as const;
  const served = await serveRoom(['--data', await prepareRoom(join(folder, 'room'), { monitors })]);
  const room = await callRoom(served.url);
  const browser = await chromium.launch({ executablePath: process.env['VIGIL_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const line = openSync(monitorEnd, 'w');
  try {
    await openServedSession(room);
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(served.url);
    // A session that was not dosed yet opens at home; the figures stand on its own screen.
    await page.goto(`${new URL(served.url).origin}/#/session`);
    await signIn(page, 'Nurse', nurse.pin);
    await page.getByRole('img', { name: /^pleth of Pleth/ }).waitFor();
    const latenciesMs = await measure(page, (pulseRate) => writeSync(line, masimoLine(pulseRate)));
    return { frames: latenciesMs.length, p50Ms: quantile(latenciesMs, 0.5), p95Ms: quantile(latenciesMs, 0.95), limitMs };
  } finally {
    closeSync(line);
    await browser.close();
    room.close();
    await served.end();
    await pair.pull();
    await waves.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(page: Page, send: (pulseRate: number) => void): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let frame = -warmUp; frame < frames; frame += 1) {
    // Each rate stands in the page only once it has arrived: no two lines in a row share it.
    const pulseRate = 101 + ((frame + warmUp) % 90);
    const seen = page.evaluate(untilTextHas, String(pulseRate));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const sentMs = performance.timeOrigin + performance.now();
    send(pulseRate);
    const seenMs = await seen;
    if (frame >= 0) latenciesMs.push(seenMs - sentMs);
  }
  return latenciesMs;
}

/** Runs in the page: the wall clock when a figure of this text first stands in it. */
function untilTextHas(text: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): boolean => document.body.innerText.split(/\s+/).includes(text);
    const observer = new MutationObserver(() => {
      if (!look()) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

function masimoLine(pulseRate: number): string {
  const rate = String(pulseRate).padStart(3, '0');
  return `11/23/26 10:00:00 SN=0123456789 SPO2=098% BPM=${rate} PI=05.00% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- PVI=--- ALARM=0000 EXC=000800\r\n`;
}
