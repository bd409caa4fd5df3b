import { describe, expect, test } from 'vitest';
import { freshnessAt } from '../../electron/service/acquisition/learned-freshness.ts';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { linkConfigOf } from '../../electron/service/serial/link-target.ts';
import { createLinkMachine, stepLink, type LinkInput, type LinkMachine } from '../../electron/service/serial/link-state.ts';
import { heardAt, intervalOf, silentCadence, type Cadence } from '../../shared/values/cadence.ts';

const hl7 = findDriver('hl7-oru');
const path = 'listen://127.0.0.1:2575';

/** A link that is open, and what became of it. */
function openLink(): { at(ms: number, ...inputs: LinkInput[]): LinkMachine } {
  const config = linkConfigOf({ path, stableId: null }, { ...hl7, transmits: false });
  let machine = createLinkMachine(config, 0);
  const at = (ms: number, ...inputs: LinkInput[]): LinkMachine => {
    for (const input of inputs) machine = stepLink(machine, input, ms).state;
    return machine;
  };
  at(0, { kind: 'port-list', ports: [] }, { kind: 'turn' }, { kind: 'opened' });
  return { at };
}
const turn: LinkInput = { kind: 'turn' };
const frame: readonly LinkInput[] = [{ kind: 'bytes', count: 300 }, { kind: 'frame', count: 1 }, turn];

describe('a monitor that speaks once a minute', () => {
  test('LISTEN-14 is lost at most once, before its rhythm was heard, and again only when a message was missed', () => {
    const { at } = openLink();
    expect(at(1000, ...frame).link).toBe('live');
    expect(at(30_000, turn).link).toBe('silent');
    for (let minute = 1; minute <= 5; minute++) {
      expect(at(1000 + minute * 60_000, ...frame).link).toBe('live');
      expect(at(1000 + minute * 60_000 + 59_000, turn).link, `minute ${minute}`).toBe('live');
    }
    expect(at(301_000 + 131_000, turn).link).toBe('live');
    expect(at(301_000 + 133_000, turn).link).toBe('silent');
    // A place that monitors call is not opened again because nobody does.
    expect(at(900_000, turn).phase).toBe('open');
  });

  test('LISTEN-14 its values are live within two of its turns and gone when one was missed; those of a quick one are as its kind', () => {
    const ofItsKind = { kind: 'stream', lateMs: 12_000, lostMs: 20_000 };
    expect(freshnessAt(hl7, null).spo2).toEqual(ofItsKind);
    expect(freshnessAt(hl7, 1000).spo2).toEqual(ofItsKind);
    expect(freshnessAt(hl7, 6000).spo2).toEqual(ofItsKind);
    expect(freshnessAt(hl7, 6001).spo2).toEqual({ kind: 'stream', lateMs: 12_002, lostMs: 20_000, slow: true });
    expect(freshnessAt(hl7, 10_000).spo2).toEqual({ kind: 'stream', lateMs: 20_000, lostMs: 22_000, slow: true });
    expect(freshnessAt(hl7, 60_000).spo2).toEqual({ kind: 'stream', lateMs: 120_000, lostMs: 132_000, slow: true });
    expect(freshnessAt(hl7, 3_600_000).spo2).toEqual({ kind: 'stream', lateMs: 300_000, lostMs: 300_000, slow: true });
    expect(freshnessAt(hl7, 60_000)['nibp-sys']).toEqual({ kind: 'event' });
  });

  test.each(drivers.filter((driver) => driver.slowestQuietMs === undefined).map((driver) => [driver.id, driver] as const))(
    'LISTEN-14 a monitor whose rhythm is its kind’s is never given longer for having been slow: %s',
    (_, driver) => {
      for (const intervalMs of [1000, 60_000]) expect(freshnessAt(driver, intervalMs)).toEqual(driver.freshness);
    },
  );

  test('LISTEN-14 a rhythm is the slower of two, a burst is one turn, and an interruption is none', () => {
    const of = (...times: number[]): number | null => intervalOf(times.reduce<Cadence>(heardAt, silentCadence));
    expect(of()).toBeNull();
    expect(of(0)).toBeNull();
    expect(of(0, 60_000)).toBe(60_000);
    expect(of(0, 1000, 2000, 3000, 93_000)).toBe(1000);
    expect(of(0, 100, 200, 60_000, 60_100, 60_200, 120_000)).toBe(60_000);
    expect(of(0, 5000, 60_000, 65_000, 120_000)).toBe(55_000);
  });
});
