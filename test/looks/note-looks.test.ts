import { describe, expect, test } from 'vitest';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { Looks, type Look } from '../../electron/service/recorder/looks.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createSilentLog } from '../support/silent-log.ts';

const personId = '018f0000-0000-7000-8000-000000000001';
const look = (number: number): Look => ({
  what: 'record-opened',
  from: 'browser',
  personId,
  sessionId: `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`,
});

describe('looks on their way to the log', () => {
  test('LOOK-8 wait while the disk refuses them, and are written once when it takes them again', () => {
    const clock = createManualClock();
    let stopped = true;
    const written: unknown[] = [];
    const looks = new Looks({
      clock,
      log: createSilentLog(),
      record: (events) => {
        if (stopped) throw new RefusedError({ code: 'STORE_FULL', message: 'Not recorded.' });
        written.push(...events);
      },
    });
    looks.note(look(1));
    looks.flush();
    looks.note(look(2));
    looks.flush();
    expect(written).toEqual([]);
    stopped = false;
    looks.flush();
    looks.flush();
    expect(written).toMatchObject([{ body: look(1) }, { body: look(2) }]);
  });

  test('LOOK-8 are bounded while they wait, and what is left out is said in the log', () => {
    const said: string[] = [];
    const written: unknown[] = [];
    const log = { ...createSilentLog(), error: (event: string) => void said.push(event) };
    const looks = new Looks({ clock: createManualClock(), log, record: (events) => void written.push(...events) });
    for (let number = 0; number < 2003; number += 1) looks.note(look(number));
    looks.flush();
    expect(written).toHaveLength(2000);
    expect(said).toEqual(['look-not-kept', 'look-not-kept', 'look-not-kept']);
  });

  test('LOOK-8 that cannot be written at all are said in the log, and keep nobody from the next', () => {
    const said: string[] = [];
    let fails = true;
    const written: unknown[] = [];
    const log = { ...createSilentLog(), error: (event: string) => void said.push(event) };
    const record = (events: readonly unknown[]): void => {
      if (fails) throw new TypeError('no event');
      written.push(...events);
    };
    const looks = new Looks({ clock: createManualClock(), log, record });
    looks.note(look(1));
    looks.flush();
    fails = false;
    looks.note(look(2));
    looks.flush();
    expect(said).toEqual(['looks-not-writable']);
    expect(written).toMatchObject([{ body: look(2) }]);
  });
});
