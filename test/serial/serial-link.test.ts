import { afterEach, describe, expect, it } from 'vitest';
import { PortError, type PortInfo } from '../../electron/service/platform/byte-ports.ts';
import { createMemoryPorts, type MemoryPort, type MemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { SerialLink, type LinkAnnouncement } from '../../electron/service/serial/serial-link.ts';
import { createLineProtocol, type LineProtocol, type LineProtocolOptions } from '../support/line-protocol.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { createSilentLog, type SilentLog } from '../support/silent-log.ts';

interface Bench {
  readonly clock: ManualClock;
  readonly ports: MemoryPorts;
  readonly protocol: LineProtocol;
  readonly log: SilentLog;
  readonly link: SerialLink;
  readonly changes: LinkAnnouncement[];
  readonly states: () => string[];
  /** Sends one good line a second for so long. */
  readonly feed: (port: MemoryPort, ms: number) => Promise<void>;
}

interface BenchOptions extends LineProtocolOptions {
  readonly stableId?: string;
  readonly isTaken?: (port: PortInfo) => boolean;
  readonly rate?: number;
}

const links: SerialLink[] = [];
afterEach(async () => {
  for (const link of links.splice(0)) await link.close();
});

function bench(options: BenchOptions = {}, ports: MemoryPorts = createMemoryPorts()): Bench {
  const clock = createManualClock(options.rate === undefined ? {} : { rate: options.rate });
  const protocol = createLineProtocol(options);
  const log = createSilentLog();
  const changes: LinkAnnouncement[] = [];
  const link = new SerialLink({
    clock,
    ports,
    log,
    monitorId: 'monitor',
    port: { path: '/dev/ttyUSB0', stableId: options.stableId ?? null },
    protocol,
    isTaken: options.isTaken ?? (() => false),
    onChange: (change) => changes.push(change),
  });
  links.push(link);
  const feed = async (port: MemoryPort, ms: number): Promise<void> => {
    for (let spentMs = 0; spentMs < ms; spentMs += 1000) {
      await clock.pass(1000);
      port.send('ok 97\n');
    }
    await clock.pass(0);
  };
  return { clock, ports, protocol, log, link, changes, states: () => changes.map((change) => change.to), feed };
}

describe('a link over ports in memory', () => {
  it('LINK-20 gives a port up in the middle of a chunk without blaming the driver, and counts the chunk', async () => {
    const { ports, clock, log, link } = bench({ profiles: 2 });
    const port = ports.plug('/dev/ttyUSB0');
    await clock.pass(500);
    // Few bytes prove nothing. The chunk that makes them enough is the one that ends this opening.
    port.send('?'.repeat(10));
    await clock.pass(6000);
    port.send('?'.repeat(70));
    await clock.pass(500);
    expect(log.lines.filter((line) => line.event === 'driver-threw')).toEqual([]);
    expect(link.counters.discardedBytes).toBe(80);
  });

  it('LINK-5 lives through absent, listening, live, unplugged and live again', async () => {
    const { ports, link, states, feed, clock, changes } = bench();
    await clock.pass(2000);
    expect(link.state).toBe('absent');
    const port = ports.plug('/dev/ttyUSB0');
    await clock.pass(200);
    expect(link.state).toBe('listening');
    await feed(port, 3000);
    ports.pull('/dev/ttyUSB0');
    await clock.pass(3000);
    const again = ports.plug('/dev/ttyUSB0');
    await feed(again, 2000);
    expect(states()).toEqual(['absent', 'listening', 'live', 'unplugged', 'listening', 'live']);
    const lost = changes.find((change) => change.to === 'unplugged');
    expect(lost?.cause).toBe('cable out');
    expect(lost?.lastFrame?.monoMs).toBe(lost?.monoMs);
  });

  it.each(['PORT_BUSY', 'PORT_FORBIDDEN', 'PORT_FAILED'] as const)('LINK-3 takes the port when %s is over, after an hour', async (code) => {
    const { ports, link, clock, feed } = bench();
    const port = ports.plug('/dev/ttyUSB0');
    ports.refuse('/dev/ttyUSB0', code);
    await clock.pass(3_600_000);
    expect(['busy', 'forbidden', 'unplugged']).toContain(link.state);
    ports.refuse('/dev/ttyUSB0', null);
    await clock.pass(5000);
    await feed(port, 1000);
    expect(link.state).toBe('live');
  });

  it('LINK-2 is silent after the quiet time, and live with the next frame', async () => {
    const { ports, link, clock, feed, changes } = bench({ quietMs: 3000 });
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 2000);
    await clock.pass(2900);
    expect(link.state).toBe('live');
    await clock.pass(300);
    expect(link.state).toBe('silent');
    expect((changes.at(-1)?.monoMs ?? 0) - (changes.at(-1)?.lastFrame?.monoMs ?? 0)).toBeLessThanOrEqual(3100);
    port.send('ok 98\n');
    await clock.pass(0);
    expect(link.state).toBe('live');
  });

  it('LINK-8 opens with the next line settings when nothing makes sense', async () => {
    const { ports, link, clock } = bench({ profiles: 2 });
    const port = ports.plug('/dev/ttyUSB0');
    for (let step = 0; step < 60; step += 1) {
      await clock.pass(100);
      port.send('\x8a\x91garbage\n');
    }
    expect(link.state).toBe('wrong-device');
    expect(port.settings?.baudRate).toBe(19200);
  });

  it('LINK-13 notices an adapter that goes without a word', async () => {
    const { ports, link, clock, feed } = bench({ quietMs: 60_000 });
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 6000);
    ports.pull('/dev/ttyUSB0', { quietly: true });
    await clock.pass(100);
    expect(link.state).toBe('unplugged');
  });

  it('LINK-17 keeps its counts over a reconnect and rates the last five seconds', async () => {
    const { ports, link, feed, clock } = bench();
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 10_000);
    expect(link.counters.framesPerSecond(clock.monoMs())).toBeCloseTo(1, 1);
    port.send('noise\nhalf');
    ports.pull('/dev/ttyUSB0');
    await feed(ports.plug('/dev/ttyUSB0'), 2000);
    expect(link.counters.framesTotal).toBe(12);
    expect(link.counters.bytesTotal).toBe(12 * 6 + 10);
    expect(link.counters.discardedBytes).toBe(10);
  });
});

describe('under another name', () => {
  it('LINK-10, LINK-12 is live on a new port within five seconds, and believes nothing before it is known', async () => {
    const { ports, link, feed, clock, protocol } = bench();
    ports.plug('/dev/ttyS0');
    await feed(ports.plug('/dev/ttyUSB0'), 3000);
    ports.pull('/dev/ttyUSB0');
    await clock.pass(10_000);
    const before = protocol.passed.length;
    const port = ports.plug('/dev/ttyUSB1');
    await feed(port, 1000);
    expect(link.state).toBe('unplugged');
    expect(protocol.passed.length).toBe(before);
    expect(protocol.dropped).toEqual(['ok 97']);
    await feed(port, 1000);
    expect(link.state).toBe('live');
    expect(link.path).toBe('/dev/ttyUSB1');
    expect(protocol.passed.length).toBe(before + 1);
  });

  it.each([
    ['with an id of its own, asked for its values', { stableId: 'usb-A', transmits: true }],
    ['without one, listened to', {}],
  ])(
    'LINK-10 an adapter %s that comes back under another name while its old one is being opened is found within five seconds',
    async (_what, options) => {
      const memory = createMemoryPorts();
      let refuseOld: (() => void) | null = null;
      const slow: MemoryPorts = {
        ...memory,
        open: (path, settings, listener) => {
          if (path !== '/dev/ttyUSB0' || refuseOld === null) return memory.open(path, settings, listener);
          // The old name is still there and does not answer, as after a pulled hub.
          return new Promise((_resolve, reject) => {
            refuseOld = () => reject(new PortError('PORT_FAILED', 'gone'));
          });
        },
      };
      const { clock, feed, link } = bench(options, slow);
      const info = 'stableId' in options ? { stableId: 'usb-A' } : {};
      await feed(memory.plug('/dev/ttyUSB0', info), 3000);
      refuseOld = () => undefined;
      memory.pull('/dev/ttyUSB0');
      await clock.pass(1500);
      const moved = memory.plug('/dev/ttyUSB1', info);
      await clock.pass(500);
      (refuseOld as () => void)();
      await feed(moved, 5000);
      expect([link.state, link.path]).toEqual(['live', '/dev/ttyUSB1']);
    },
  );

  it('LINK-10 finds it again when it moves on, and back', async () => {
    const { ports, link, feed, clock } = bench();
    await feed(ports.plug('/dev/ttyUSB0'), 2000);
    for (const path of ['/dev/ttyUSB1', '/dev/ttyUSB7', '/dev/ttyUSB0', '/dev/ttyUSB1']) {
      ports.pull(link.path);
      await clock.pass(1500);
      await feed(ports.plug(path), 4000);
      expect([link.state, link.path]).toEqual(['live', path]);
    }
  });

  it('LINK-10 leaves a device that speaks something else, and finds the monitor beside it', async () => {
    const { ports, link, clock, feed } = bench();
    await feed(ports.plug('/dev/ttyUSB0'), 2000);
    ports.pull('/dev/ttyUSB0');
    await clock.pass(1500);
    ports.plug('/dev/ttyUSB1');
    const port = ports.plug('/dev/ttyUSB2');
    await feed(port, 5000);
    expect([link.state, link.path]).toEqual(['live', '/dev/ttyUSB2']);
  });

  it('LINK-9 follows its adapter by id, and writes to no other', async () => {
    const { ports, clock, feed, link } = bench({ stableId: 'usb-A', transmits: true });
    const first = ports.plug('/dev/ttyUSB0', { stableId: 'usb-A' });
    await feed(first, 3000);
    expect(first.written.length).toBeGreaterThan(1);
    ports.pull('/dev/ttyUSB0');
    const stranger = ports.plug('/dev/ttyUSB0', { stableId: 'usb-B' });
    await clock.pass(8000);
    expect(stranger.openings).toBe(0);
    const moved = ports.plug('/dev/ttyUSB1', { stableId: 'usb-A' });
    await feed(moved, 2000);
    expect(link.path).toBe('/dev/ttyUSB1');
    expect(moved.written.length).toBeGreaterThan(0);
  });

  it('LINK-9 writes nothing before a list has shown whose port it opened', async () => {
    const memory = createMemoryPorts();
    const stranger = memory.plug('/dev/ttyUSB0', { stableId: 'usb-B' });
    const stale: PortInfo[] = [{ path: '/dev/ttyUSB0', stableId: 'usb-A', manufacturer: null }];
    let answer: (ports: readonly PortInfo[]) => void = () => {};
    let asked = 0;
    const list = (): Promise<readonly PortInfo[]> => {
      asked += 1;
      return asked === 1 ? Promise.resolve(stale) : new Promise((resolve) => (answer = resolve));
    };
    const { clock, link } = bench({ stableId: 'usb-A', transmits: true }, { ...memory, list });
    await clock.pass(3000);
    expect([stranger.openings, stranger.isOpen]).toEqual([1, true]);
    answer([{ path: '/dev/ttyUSB0', stableId: 'usb-B', manufacturer: null }]);
    await clock.pass(3000);
    expect(stranger.written).toEqual([]);
    expect(stranger.isOpen).toBe(false);
    expect(link.state).toBe('unplugged');
  });

  it('LINK-11 never opens, let alone asks, on a port of nobody when it would have to transmit', async () => {
    const { ports, clock, feed } = bench({ transmits: true });
    await feed(ports.plug('/dev/ttyUSB0'), 2000);
    ports.pull('/dev/ttyUSB0');
    const stranger = ports.plug('/dev/ttyUSB1');
    await clock.pass(60_000);
    expect(stranger.openings).toBe(0);
  });

  it('LINK-19 leaves the port of another monitor alone', async () => {
    const { ports, clock, feed } = bench({ isTaken: (port) => port.path === '/dev/ttyUSB1' });
    await feed(ports.plug('/dev/ttyUSB0'), 2000);
    ports.pull('/dev/ttyUSB0');
    const others = ports.plug('/dev/ttyUSB1');
    await clock.pass(60_000);
    expect(others.openings).toBe(0);
  });
});

describe('a link that meets faults', () => {
  it('LINK-15 goes on after a driver threw, and counts its bytes', async () => {
    const { ports, link, feed, log } = bench();
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 2000);
    port.send('throw\n');
    await feed(port, 2000);
    expect(link.state).toBe('degraded');
    expect(link.counters.discardedBytes).toBe(6);
    expect(log.lines.filter((line) => line.event === 'driver-threw')).toHaveLength(1);
  });

  it('LINK-15 has one write under way at most when writes hang, and asks again after a reconnect', async () => {
    const { ports, feed, clock } = bench({ transmits: true });
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 3000);
    const before = port.written.length;
    ports.holdWrites('/dev/ttyUSB0', true);
    await clock.pass(10_000);
    expect(port.written.length).toBe(before);
    ports.pull('/dev/ttyUSB0');
    const again = ports.plug('/dev/ttyUSB0');
    await clock.pass(3000);
    expect(again.written.length).toBeGreaterThan(0);
  });

  it('LINK-15 opens the configured port when the system cannot list any', async () => {
    const memory = createMemoryPorts();
    const port = memory.plug('/dev/ttyUSB0');
    const { link, clock, feed } = bench({}, { ...memory, list: () => Promise.reject(new Error('no list')) });
    await clock.pass(4000);
    await feed(port, 1000);
    expect(link.state).toBe('live');
  });

  it('LINK-14 opens afresh after the computer slept', async () => {
    const { ports, clock, feed, states, changes } = bench();
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 2000);
    clock.sleep(2 * 3_600_000);
    await clock.pass(200);
    await feed(port, 1000);
    expect(port.openings).toBe(2);
    expect(states().slice(-3)).toEqual(['unplugged', 'listening', 'live']);
    expect(changes.find((change) => change.to === 'unplugged')?.cause).toBe('sleep');
  });

  it('LINK-44 opens a port again, within 30 seconds and as often as it takes, that stays open and silent after sleep', async () => {
    const { ports, clock, feed, states, changes, link } = bench();
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 2000);
    clock.sleep(3_600_000);
    await clock.pass(200);
    // Opened afresh at once, and the adapter gives nothing.
    expect(port.openings).toBe(2);
    await clock.pass(30_000);
    expect(port.openings).toBe(3);
    await clock.pass(60_000);
    expect(port.openings).toBeGreaterThanOrEqual(5);
    expect(link.state).not.toBe('live');
    await feed(port, 1000);
    expect(states().at(-1)).toBe('live');
    expect(changes.find((change) => change.to === 'unplugged')?.cause).toBe('sleep');
  });

  it('LINK-44 opens a silent port again without sleep, too, and calls it silent all the while', async () => {
    const { ports, clock, feed, states } = bench();
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 2000);
    const before = states().length;
    await clock.pass(30_000);
    expect(port.openings).toBe(2);
    await clock.pass(60_000);
    expect(port.openings).toBeGreaterThanOrEqual(4);
    expect(states().slice(before)).toEqual(['silent']);
    await feed(port, 1000);
    expect(states().slice(before)).toEqual(['silent', 'live']);
  });

  it.each([-3_600_000, 3_600_000])('LINK-14 takes a wall clock that is set by %i ms for what it is', async (byMs) => {
    const { ports, clock, feed, link } = bench();
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 2000);
    clock.stepWall(byMs);
    await feed(port, 3000);
    expect(port.openings).toBe(1);
    expect(link.state).toBe('live');
  });

  it('LINK-16 leaves no timer and no open port, and says nothing more', async () => {
    const { ports, clock, feed, link, changes } = bench();
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 2000);
    await link.close();
    await link.close();
    expect(clock.pending).toBe(0);
    expect(port.isOpen).toBe(false);
    const before = changes.length;
    ports.pull('/dev/ttyUSB0');
    ports.plug('/dev/ttyUSB0');
    await clock.pass(10_000);
    expect(changes.length).toBe(before);
  });

  it('LINK-16 frees a port that opens only after the link was closed', async () => {
    const memory = createMemoryPorts();
    const port = memory.plug('/dev/ttyUSB0');
    let letOpen: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      letOpen = resolve;
    });
    const slow: MemoryPorts = { ...memory, open: async (...args) => gate.then(() => memory.open(...args)) };
    const { link, clock } = bench({}, slow);
    await clock.pass(500);
    const closed = link.close();
    letOpen();
    await closed;
    expect(port.openings).toBe(1);
    expect(port.isOpen).toBe(false);
  });

  it('LINK-18 hears what waited during a stall before it calls a monitor silent', async () => {
    // After a blocked event loop timers run before input is read.
    const { ports, clock, feed, states } = bench({ quietMs: 1000 });
    const port = ports.plug('/dev/ttyUSB0');
    await feed(port, 2000);
    clock.stall(2000);
    port.send('ok 97\n');
    await clock.pass(500);
    expect(states()).not.toContain('silent');
  });

  it('LINK-4 never has two openings at once through a storm of plugging', async () => {
    const { ports, clock, link } = bench();
    let state = 12345;
    const chance = (): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
    for (let round = 0; round < 300; round += 1) {
      const port = ports.plug('/dev/ttyUSB0');
      await clock.pass(Math.floor(chance() * 3000));
      port.send('ok 1\n');
      ports.pull('/dev/ttyUSB0', { quietly: chance() < 0.3 });
      await clock.pass(Math.floor(chance() * 3000));
    }
    const port = ports.plug('/dev/ttyUSB0');
    await clock.pass(6000);
    port.send('ok 1\n');
    expect(link.state).toBe('live');
    expect(port.openings).toBe(1);
  });
});
