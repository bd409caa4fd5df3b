import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import type { MonitorConfig } from '../../electron/service/acquisition/monitor-connection.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { hashCost } from '../../electron/service/platform/slow-hash.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { Room } from '../../electron/service/room.ts';
import { createSerialPorts } from '../../electron/service/serial/serialport-ports.ts';
import { decideAddPatient, decideSetUp } from '../../electron/service/session/room/decide-room.ts';
import { makePtyPair } from '../support/pty-pair.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { capnostreamMinute } from './capnostream-minute.ts';
import { intellivueMinute } from './intellivue-minute.ts';
import { readsRecords } from '../support/board-reader.ts';
import { until } from '../support/until.ts';

export interface FourPorts {
  /** Processor time of the room over the time that the lines need for what was heard. */
  readonly coreShare: number;
  /** Bytes heard over bytes sent, and how many of those heard belonged to no frame. */
  readonly heardShare: number;
  readonly discardedBytes: number;
  readonly heardBytes: number;
  readonly residentGrowthMb: number;
  /** How late the room's own loop was. */
  readonly loopDelayP99Ms: number;
}

/** 115,200 baud, ten bits a byte. */
const lineBytesPerSecond = 11_520;
const lines: readonly MonitorProtocolId[] = ['intellivue', 'capnostream', 'intellivue', 'capnostream'];
const tmpPrefix = 'vigil-four-ports-';

/**
 * Four monitors at 115,200 baud, each line as full as it can be, for some seconds: real serialport on pseudo-terminals, drivers,
 * an open session, the encrypted store and a page's feed. The bytes come from processes of their own. `times`: as often the line rate.
 */
export async function benchFourPorts(times: number, seconds: number): Promise<FourPorts> {
  const folder = mkdtempSync(join(tmpdir(), tmpPrefix));
  mkdirSync(join(folder, 'far'));
  const streams: Partial<Record<MonitorProtocolId, string>> = { intellivue: join(folder, 'i.bin'), capnostream: join(folder, 'c.bin') };
  writeFileSync(streams.intellivue ?? '', intellivueMinute());
  writeFileSync(streams.capnostream ?? '', capnostreamMinute());
  const near = (index: number): string => join(folder, `room${index}`);
  const far = (index: number): string => join(folder, 'far', `monitor${index}`);
  const pairs = [];
  for (const index of lines.keys()) pairs.push(await makePtyPair(near(index), far(index)));
  const room = openRoom(join(folder, 'data'), (index) => near(index));
  try {
    await until(() => room.acquisition.statuses().every(({ state }) => state === 'listening'));
    void read(room);
    // The first second compiles.
    const warmUp = await feed(far, streams, times, 1);
    await until(() => bytesOf(room) >= warmUp);
    const heardBefore = bytesOf(room);
    const residentBefore = process.memoryUsage().rss;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const cpuBefore = process.cpuUsage();
    const sent = await feed(far, streams, times, seconds);
    await until(() => bytesOf(room) - heardBefore >= sent);
    const cpu = process.cpuUsage(cpuBefore);
    delay.disable();
    const heardBytes = bytesOf(room) - heardBefore;
    const lineSeconds = heardBytes / (lines.length * lineBytesPerSecond);
    return {
      coreShare: (cpu.user + cpu.system) / 1e6 / lineSeconds,
      heardShare: heardBytes / sent,
      discardedBytes: room.acquisition.statuses().reduce((sum, status) => sum + status.discardedBytes, 0),
      heardBytes,
      residentGrowthMb: (process.memoryUsage().rss - residentBefore) / 1e6,
      loopDelayP99Ms: delay.percentile(99) / 1e6,
    };
  } finally {
    await room.close();
    for (const pair of pairs) await pair.pull();
    rmSync(folder, { recursive: true, force: true });
  }
}

function openRoom(folder: string, near: (index: number) => string): Room {
  const clock = createSystemClock();
  const ids = createSystemIds(clock);
  const platform = { clock, ids, log: createSilentLog(), ports: createSerialPorts(), hashCost };
  const room = new Room({ platform, folder, key: ids.randomBytes(32), demo: false, version: 'bench' });
  const [personId, patientId] = [ids.uuid(), ids.uuid()];
  const person = { personId, name: 'Nurse', role: 'nurse', pinHash: 'none' } as const;
  const patient = { patientId, name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' };
  const { recorder } = room;
  recorder.recordRoom(decideSetUp(recorder.room, { roomName: 'Bench', demo: false, people: [person], monitors: [] }), null);
  recorder.recordRoom(decideAddPatient(recorder.room, patient), personId);
  recorder.openSession({ commandId: ids.uuid(), personId }, { patientId, protocolId: 'iv-ketamine-0.5-40', course: null });
  room.acquisition.configure(
    lines.map((protocol, index): MonitorConfig => ({
      monitorId: ids.uuid(),
      name: `Monitor ${index}`,
      protocol,
      port: { path: near(index), stableId: null },
      simulated: true,
      listenOnly: true,
    })),
  );
  return room;
}

/** A page: it takes every message as soon as it comes. */
async function read(room: Room): Promise<void> {
  const reader = room.feed.open(readsRecords);
  for (let message = await reader.next(); message !== null; message = await reader.next()) reader.acknowledge(message.number);
}

/** How many bytes were sent in all. */
async function feed(
  far: (index: number) => string,
  streams: Partial<Record<MonitorProtocolId, string>>,
  times: number,
  seconds: number,
): Promise<number> {
  const script = join(import.meta.dirname, 'line-feeder.ts');
  const sent = lines.map(async (protocol, index) => {
    const args = [script, far(index), streams[protocol] ?? '', String(times * lineBytesPerSecond), String(seconds)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    return Number(said);
  });
  return (await Promise.all(sent)).reduce((sum, bytes) => sum + bytes, 0);
}

function bytesOf(room: Room): number {
  return room.acquisition.statuses().reduce((sum, { bytesTotal }) => sum + bytesTotal, 0);
}

if (import.meta.main) console.table([await benchFourPorts(1, 10), await benchFourPorts(100, 5)]);
