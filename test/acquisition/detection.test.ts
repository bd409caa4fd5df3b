import { describe, expect, it } from 'vitest';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { mustBeAsked, type Driver } from '../../electron/service/drivers/driver.ts';
import { questionsOf } from '../../electron/service/acquisition/detection.ts';
import { createMemoryPorts, type MemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { createSimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import { look, path, type Looked } from '../support/look-at-port.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

describe('each simulator on an unconfigured port', () => {
  for (const driver of drivers) {
    for (const profile of driver.portProfiles.slice(0, 2)) {
      it(`DETECT-1 ${driver.id} at ${profile.baudRate} is named within 12 s`, async () => {
        const clock = createManualClock();
        const monitor = findDriver(driver.id).createSimulator(goldenScenario());
        const ports = createSimulatedPorts(clock, [{ path, stableId: null, monitor, baudRate: profile.baudRate }], {
          scenarioMs: () => clock.monoMs() + 60_000,
        });
        const looked = await look(ports, clock, { ask: mustBeAsked(driver) });
        expect(looked.result).toMatchObject({ finding: 'named', candidates: [{ protocol: driver.id, askedByOther: false }] });
        expect(looked.tookMs).toBeLessThan(12_000);
        if (!mustBeAsked(driver)) expect(looked.written).toEqual([]);
      });
    }
  }
});

/** A port on which these bytes arrive ten times a second while it is open. */
async function lookAtBytes(make: (tMs: number) => Uint8Array | string, options: Parameters<typeof look>[2] = {}): Promise<Looked> {
  const clock = createManualClock();
  const ports = createMemoryPorts();
  speak(ports, clock, make);
  return look(ports, clock, options);
}

function speak(ports: MemoryPorts, clock: ManualClock, make: (tMs: number) => Uint8Array | string): void {
  const far = ports.plug(path);
  clock.every(100, () => {
    const bytes = make(clock.monoMs());
    if (bytes.length > 0) far.send(bytes);
  });
}

function simulated(protocol: (typeof drivers)[number]['id'], seed = 1): (tMs: number) => Uint8Array {
  const monitor = findDriver(protocol).createSimulator({ ...goldenScenario(), seed });
  return (tMs) => monitor.advance(tMs + 60_000);
}

describe('a decoder that throws', () => {
  it('DETECT-9 is heard out to its end, and keeps no other from being named', async () => {
    const { createDecoder, ...rest } = findDriver('masimo-ascii1');
    let decoders = 0;
    const faulty: Driver = {
      ...rest,
      id: 'nonin-df2',
      createDecoder: () => {
        decoders += 1;
        const decoder = createDecoder();
        return {
          ...decoder,
          push: () => {
            throw new TypeError('a fault of the driver');
          },
        };
      },
    };
    const masimo = findDriver('masimo-ascii1');
    const { result, log } = await lookAtBytes(simulated('masimo-ascii1'), { drivers: [faulty, masimo] });
    expect(result).toMatchObject({ finding: 'named', candidates: [{ protocol: 'masimo-ascii1' }] });
    expect(decoders).toBeGreaterThan(1);
    const told = log.lines.filter(({ event }) => event === 'driver-threw').map(({ fields }) => [fields['protocol'], fields['message']]);
    expect(told[0]).toEqual(['nonin-df2', 'a fault of the driver']);
  });
});

describe('consent', () => {
  it('DETECT-2 nothing is written to a port without consent, whatever arrives or does not', async () => {
    for (const make of [() => '', () => 'hello\r\n', () => Uint8Array.of(0x85, 0, 0xff), simulated('masimo-ascii1')]) {
      expect((await lookAtBytes(make)).written).toEqual([]);
    }
  });

  it('DETECT-3 with consent only the drivers’ own first questions are sent, each at its own settings', async () => {
    const { result, written } = await lookAtBytes(() => '', { ask: true });
    const sent = written.map((bytes) => Buffer.from(bytes).toString('hex'));
    for (const question of questionsOf(drivers)) expect(sent).toContain(question.hex.replaceAll(' ', ''));
    expect(questionsOf(drivers).map((one) => one.protocol)).toEqual(drivers.filter(mustBeAsked).map((driver) => driver.id));
    expect(result).toMatchObject({ finding: 'nothing', sentBytes: written.reduce((sum, bytes) => sum + bytes.length, 0) });
    expect(result.words).toBe('Nothing arrives, and nothing answered.');
  });

  it('DETECT-3 what was asked is told goodbye before the port is closed', async () => {
    const [first] = drivers;
    if (first === undefined) throw new Error('no driver');
    const talker: Driver = {
      ...first,
      mode: 'associated',
      createPoller: () => ({ poll: () => Uint8Array.of(0x3f), answered: () => undefined, closingBytes: () => Uint8Array.of(0x21) }),
    };
    const asked = await lookAtBytes(() => '', { ask: true, drivers: [talker] });
    expect(asked.written.at(0)).toEqual(Uint8Array.of(0x3f));
    expect(asked.written.at(-1)).toEqual(Uint8Array.of(0x21));
    expect((await lookAtBytes(() => '', { drivers: [talker] })).written).toEqual([]);
  });

  it('DETECT-3 a monitor that spoke by itself is asked nothing, also with consent', async () => {
    const looked = await lookAtBytes(simulated('nonin-df2'), { ask: true });
    expect(looked.result.candidates[0]?.protocol).toBe('nonin-df2');
    expect(looked.written).toEqual([]);
  });

  it('DETECT-4 answers to another recorder name a polled monitor, which is then only to be listened to', async () => {
    const monitor = findDriver('dinamap').createSimulator(goldenScenario());
    const looked = await lookAtBytes((tMs) =>
      tMs % 1000 < 100 ? (monitor.receive(new TextEncoder().encode(' NA!2\r')) ?? '') : monitor.advance(tMs),
    );
    expect(looked.result).toMatchObject({ finding: 'named', candidates: [{ protocol: 'dinamap', askedByOther: true }] });
    expect(looked.result.advice).toMatch(/listen-only/);
    expect(looked.written).toEqual([]);
  });
});

describe('what is wrong, told apart', () => {
  it('DETECT-5 nothing, noise, foreign text, a taken port, no permission and a missing port each have words of their own', async () => {
    expect((await lookAtBytes(() => '')).result).toMatchObject({ finding: 'nothing', bytes: 0 });
    const text = (await lookAtBytes(() => 'TREND 001 97 88\r\n')).result;
    expect(text).toMatchObject({ finding: 'text' });
    expect(text.words).toContain('TREND 001');
    let at = 1;
    const noise = (): Uint8Array => Uint8Array.from({ length: 40 }, () => (at = (at * 48271) % 0x7fffffff) | 0x80);
    expect((await lookAtBytes(noise)).result).toMatchObject({ finding: 'bytes' });
    const words = new Set<string>();
    for (const [code, finding] of [
      ['PORT_BUSY', 'busy'],
      ['PORT_FORBIDDEN', 'forbidden'],
      ['PORT_FAILED', 'failed'],
      [null, 'gone'],
    ] as const) {
      const ports = createMemoryPorts();
      if (code !== null) ports.refuse(path, code);
      const { result } = await look(ports);
      expect(result.finding).toBe(finding);
      words.add(result.words);
    }
    expect(words.size).toBe(4);
  });

  it('DETECT-5 a cable that is pulled meanwhile is said to be pulled', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    ports.plug(path);
    clock.after(500, () => ports.pull(path));
    expect((await look(ports, clock)).result).toMatchObject({ finding: 'gone', words: expect.stringContaining('pulled') as string });
    expect(clock.pending).toBe(0);
  });

  it('DETECT-6 two monitors on one line are told as two, and neither is named', async () => {
    const one = simulated('nonin-df2');
    const other = simulated('nonin-df7');
    const { result } = await lookAtBytes((tMs) => Buffer.concat([one(tMs), other(tMs)]));
    expect(result).toMatchObject({ finding: 'mixed', candidates: [{ vendor: 'Nonin' }, { vendor: 'Nonin' }] });
  });

  it('DETECT-6 too little to be sure is put to a person with what speaks for it', async () => {
    let sent = false;
    const line = simulated('masimo-ascii1');
    // What it saved up before anybody listened.
    line(0);
    const { result } = await lookAtBytes((tMs) => {
      const bytes = sent ? new Uint8Array(0) : line(tMs);
      sent ||= bytes.length > 0;
      return bytes;
    });
    expect(result).toMatchObject({ finding: 'ambiguous', candidates: [{ protocol: 'masimo-ascii1' }] });
  });

  it('DETECT-7 what was on the adapter last is looked for first', async () => {
    const clock = createManualClock();
    const monitor = findDriver('masimo-ascii1').createSimulator(goldenScenario());
    const ports = createSimulatedPorts(clock, [{ path, stableId: 'usb-1', monitor, baudRate: 9600 }]);
    const opened: number[] = [];
    const watched = { ...ports, open: (...args: Parameters<typeof ports.open>) => (opened.push(args[1].baudRate), ports.open(...args)) };
    const asked = drivers.filter(mustBeAsked).at(-1);
    await look(watched, clock, { remembered: 'masimo-ascii1' });
    expect(opened[0]).toBe(9600);
    opened.length = 0;
    const silent = createMemoryPorts();
    silent.plug(path);
    const { written } = await look(silent, createManualClock(), { ask: true, ...(asked === undefined ? {} : { remembered: asked.id }) });
    const first = questionsOf(drivers).find((question) => question.protocol === asked?.id);
    expect(Buffer.from(written[0] ?? []).toString('hex')).toBe(first?.hex.replaceAll(' ', ''));
  });
});
