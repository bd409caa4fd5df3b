import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkStates } from '../../shared/contract/board/monitors.ts';
import {
  candidateSilentMs,
  createLinkMachine,
  isGiving,
  rejectedMs,
  retryDelaysMs,
  stepLink,
  wrongDeviceMs,
  type LinkEffect,
  type LinkInput,
  type LinkMachine,
} from '../../electron/service/serial/link-state.ts';
import type { LinkConfig, ListedPort } from '../../electron/service/serial/link-target.ts';

const listener: LinkConfig = { path: '/dev/ttyUSB0', stableId: null, quietMs: 3000, transmits: false, profileCount: 1 };

function listed(...paths: string[]): LinkInput {
  return { kind: 'port-list', ports: paths.map((path) => ({ path, stableId: null, taken: false })) };
}

/** Plays inputs at times and keeps every effect. */
class Play {
  state: LinkMachine;
  readonly effects: LinkEffect[] = [];
  nowMs = 0;
  answered = 0;
  constructor(config: Partial<LinkConfig> = {}) {
    this.state = createLinkMachine({ ...listener, ...config }, 0);
  }
  step(input: LinkInput, afterMs = 0): this {
    this.nowMs += afterMs;
    const step = stepLink(this.state, input, this.nowMs);
    this.state = step.state;
    this.effects.push(...step.effects);
    return this;
  }
  /** Turns ten times a second, answering what is asked for as `port` says. */
  run(ms: number, answer: (effect: LinkEffect) => LinkInput | null = () => null): this {
    for (let spentMs = 0; spentMs < ms; spentMs += 100) {
      this.step({ kind: 'turn' }, 100);
      for (let effect = this.effects[this.answered]; effect !== undefined; effect = this.effects[this.answered]) {
        this.answered += 1;
        const input = answer(effect);
        if (input !== null) this.step(input);
      }
    }
    return this;
  }
  opens(): string[] {
    return this.effects.filter((effect) => effect.kind === 'open').map((effect) => effect.path);
  }
  live(): this {
    this.step(listed('/dev/ttyUSB0'))
      .step({ kind: 'turn' })
      .step({ kind: 'opened' })
      .step({ kind: 'bytes', count: 70 })
      .step({ kind: 'frame', count: 1 });
    this.answered = this.effects.length;
    return this;
  }
}

const paths = ['/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/ttyACM0', '/run/ttyV0'];
const count = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 0.5));
const port: fc.Arbitrary<ListedPort> = fc.record({
  path: fc.constantFrom(...paths),
  stableId: fc.constantFrom(null, 'usb-A', 'usb-B'),
  taken: fc.boolean(),
});
const input: fc.Arbitrary<LinkInput> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<LinkInput>({ kind: 'turn' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('port-list' as const), ports: fc.array(port, { maxLength: 80 }) }) },
  { weight: 3, arbitrary: fc.constant<LinkInput>({ kind: 'opened' }) },
  fc.record({
    kind: fc.constant('open-failed' as const),
    code: fc.constantFrom('PORT_BUSY', 'PORT_FORBIDDEN', 'PORT_NOT_FOUND', 'PORT_FAILED' as const),
  }) as fc.Arbitrary<LinkInput>,
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('bytes' as const, 'frame' as const, 'discarded' as const),
      count,
    }) as fc.Arbitrary<LinkInput>,
  },
  fc.record({ kind: fc.constant('closed' as const), reason: fc.string({ maxLength: 10 }) }),
  fc.constant<LinkInput>({ kind: 'resumed' }),
);
const config: fc.Arbitrary<LinkConfig> = fc.record({
  path: fc.constantFrom(...paths),
  stableId: fc.constantFrom(null, 'usb-A'),
  quietMs: fc.constantFrom(1000, 3000, 5000),
  transmits: fc.boolean(),
  profileCount: fc.constantFrom(1, 2, 3),
});
const times = fc.oneof(fc.integer({ min: 0, max: 7000 }), fc.constantFrom(-500, Number.NaN, 3_600_000));
const script = fc.array(fc.tuple(input, times), { maxLength: 200 });

describe('any input in any state', () => {
  it('LINK-1 stays a valid and bounded state', () => {
    fc.assert(
      fc.property(config, script, (given, steps) => {
        let state = createLinkMachine(given, 0);
        let nowMs = 0;
        for (const [next, afterMs] of steps) {
          nowMs += afterMs;
          const before = state;
          const step = stepLink(state, next, nowMs);
          state = step.state;
          expect(linkStates).toContain(state.link);
          expect(Number.isFinite(state.nowMs) && state.nowMs >= before.nowMs).toBe(true);
          expect(step.effects.length).toBeLessThanOrEqual(4);
          expect((state.ports ?? []).length).toBeLessThanOrEqual(64);
          expect(state.rejected.length + state.discards.buckets.length + state.knownPaths.length).toBeLessThanOrEqual(64 + 31 + 64);
          expect(Number.isSafeInteger(state.bytesSinceFrame)).toBe(true);
          if (Number.isNaN(nowMs)) nowMs = state.nowMs;
          const said = step.effects.filter((effect) => effect.kind === 'announce');
          expect(said.length).toBe(state.link === before.link ? 0 : 1);
        }
      }),
      { seed: 20261123, numRuns: 400 },
    );
  });

  it('LINK-2 is live only with a frame younger than the quiet time on a port of its own', () => {
    fc.assert(
      fc.property(config, script, (given, steps) => {
        let state = createLinkMachine(given, 0);
        let nowMs = 0;
        for (const [next, afterMs] of steps) {
          nowMs = Math.max(nowMs, nowMs + (Number.isNaN(afterMs) ? 0 : afterMs));
          state = stepLink(state, next, nowMs).state;
          if (!isGiving(state.link)) continue;
          expect(state.phase).toBe('open');
          expect(state.target?.candidate).toBe(false);
          // Only a turn judges; whatever else happens, live stands on a frame within the quiet time of the last one.
          const judgedMs = next.kind === 'turn' ? nowMs : state.judgedMs;
          expect(state.lastFrameMs !== null && judgedMs - state.lastFrameMs <= given.quietMs).toBe(true);
        }
      }),
      { seed: 20261124, numRuns: 400 },
    );
  });

  it('LINK-4 has at most one opening at a time, and closes what it opened', () => {
    fc.assert(
      fc.property(config, script, (given, steps) => {
        let state = createLinkMachine(given, 0);
        let held: 'none' | 'opening' | 'open' | 'closing' = 'none';
        let nowMs = 0;
        for (const [next, afterMs] of steps) {
          nowMs += Number.isNaN(afterMs) ? 0 : Math.max(0, afterMs);
          // Only what a port can do from where it is.
          if (next.kind === 'opened' && held !== 'opening') continue;
          if (next.kind === 'open-failed' && held !== 'opening') continue;
          if (next.kind === 'closed' && held !== 'open' && held !== 'closing') continue;
          if (next.kind === 'opened') held = 'open';
          if (next.kind === 'open-failed' || next.kind === 'closed') held = 'none';
          const step = stepLink(state, next, nowMs);
          // An opening that takes too long is given up; whoever runs the effects closes it when it ends.
          if (held === 'opening' && state.phase === 'opening' && step.state.phase === 'idle') held = 'none';
          for (const effect of step.effects) {
            if (effect.kind === 'open') {
              expect(held).toBe('none');
              held = 'opening';
            }
            if (effect.kind === 'close') {
              expect(held).toBe('open');
              held = 'closing';
            }
          }
          state = step.state;
        }
      }),
      { seed: 20261125, numRuns: 400 },
    );
  });

  it('LINK-11 opens no port that nobody configured where it would transmit', () => {
    fc.assert(
      fc.property(config, script, (given, steps) => {
        const polled = { ...given, transmits: true };
        let state = createLinkMachine(polled, 0);
        let nowMs = 0;
        for (const [next, afterMs] of steps) {
          nowMs += Number.isNaN(afterMs) ? 0 : Math.max(0, afterMs);
          const step = stepLink(state, next, nowMs);
          state = step.state;
          for (const effect of step.effects) {
            if (effect.kind !== 'open') continue;
            expect(effect.candidate).toBe(false);
            const own =
              effect.path === polled.path || state.ports?.some((entry) => entry.path === effect.path && entry.stableId === polled.stableId);
            expect(own).toBe(true);
          }
        }
      }),
      { seed: 20261126, numRuns: 400 },
    );
  });
});

describe('retry', () => {
  it('LINK-3 waits 0.5, 1, 2, then 5 seconds, for ever', () => {
    const play = new Play();
    const openedAtMs: number[] = [];
    play.step(listed('/dev/ttyUSB0'));
    play.run(10 * 60_000, (effect) => {
      if (effect.kind !== 'open') return null;
      openedAtMs.push(play.nowMs);
      return { kind: 'open-failed', code: 'PORT_BUSY' };
    });
    const waits = openedAtMs.slice(1).map((atMs, index) => atMs - (openedAtMs[index] ?? 0));
    expect(waits.slice(0, 5)).toEqual([...retryDelaysMs, 5000]);
    expect(Math.max(...waits)).toBe(5000);
    expect(openedAtMs.at(-1)).toBeGreaterThan(590_000);
    expect(play.state.link).toBe('busy');
  });

  it('LINK-3 tries at once when a port appears in the list', () => {
    const play = new Play().step(listed());
    play.run(60_000, (effect) => (effect.kind === 'open' ? { kind: 'open-failed', code: 'PORT_NOT_FOUND' } : null));
    const before = play.opens().length;
    play.step(listed('/dev/ttyUSB0'));
    expect(play.opens().length).toBe(before + 1);
  });

  it('LINK-3 does not hammer a port that opens and ends at once', () => {
    const play = new Play().step(listed('/dev/ttyUSB0'));
    play.run(60_000, (effect) => (effect.kind === 'open' ? { kind: 'opened' } : null));
    const flapping = new Play().step(listed('/dev/ttyUSB0'));
    for (let atMs = 0; atMs < 60_000; atMs += 100) {
      flapping.step({ kind: 'turn' }, 100);
      if (flapping.state.phase === 'opening') flapping.step({ kind: 'opened' }).step({ kind: 'closed', reason: 'EIO' });
    }
    expect(flapping.opens().length).toBeLessThanOrEqual(16);
  });

  it('LINK-3 gives up an opening that never ends', () => {
    const play = new Play().step(listed('/dev/ttyUSB0'));
    play.run(60_000);
    expect(play.opens().length).toBeGreaterThanOrEqual(3);
  });
});

describe('what people are told', () => {
  it.each([
    ['PORT_NOT_FOUND', [], 'absent'],
    ['PORT_NOT_FOUND', ['/dev/ttyUSB0'], 'unplugged'],
    ['PORT_BUSY', [], 'busy'],
    ['PORT_FORBIDDEN', [], 'forbidden'],
    ['PORT_FAILED', [], 'absent'],
  ] as const)('LINK-5 says of %s with ports %j: %s', (code, ports, link) => {
    const play = new Play()
      .step(listed(...ports))
      .step({ kind: 'turn' })
      .step({ kind: 'open-failed', code });
    expect(play.state.link).toBe(link);
    play.run(4000, (effect) => (effect.kind === 'open' ? { kind: 'open-failed', code } : null));
    expect(play.state.link).toBe(link);
    expect(play.effects.filter((effect) => effect.kind === 'announce')).toHaveLength(1);
  });

  it('LINK-5 goes opening, listening, live, silent, live, unplugged', () => {
    const play = new Play().live();
    play.run(3200).step({ kind: 'frame', count: 1 }).step({ kind: 'closed', reason: 'EIO' }, 200);
    const said = play.effects.filter((effect) => effect.kind === 'announce').map((effect) => effect.to);
    expect(said).toEqual(['listening', 'live', 'silent', 'live', 'unplugged']);
  });

  it('LINK-2 an open port that says nothing is listening, and stays so while it is opened afresh', () => {
    const play = new Play().step(listed('/dev/ttyUSB0'));
    play.run(120_000, (effect) =>
      effect.kind === 'open' ? { kind: 'opened' } : effect.kind === 'close' ? { kind: 'closed', reason: 'asked' } : null,
    );
    expect(play.state.link).toBe('listening');
    expect(play.opens().length).toBeGreaterThanOrEqual(3);
    expect(play.effects.filter((effect) => effect.kind === 'announce')).toHaveLength(1);
  });
});

describe('a bad line', () => {
  it('LINK-6 is degraded above 1 % and recovers after 30 s', () => {
    const play = new Play().live();
    for (let second = 0; second < 40; second += 1) {
      play.step({ kind: 'bytes', count: 1000 }, 1000).step({ kind: 'frame', count: 10 });
      if (second === 5) play.step({ kind: 'discarded', count: 50 });
      if (second === 5) expect(play.state.link).toBe('live');
      if (second === 6) play.step({ kind: 'discarded', count: 50 });
      if (second === 7) expect(play.state.link).toBe('degraded');
    }
    expect(play.state.link).toBe('live');
  });

  it('LINK-7 does not count what came before the first frame', () => {
    const play = new Play().step(listed('/dev/ttyUSB0')).step({ kind: 'turn' }).step({ kind: 'opened' });
    play.step({ kind: 'bytes', count: 100 }).step({ kind: 'discarded', count: 33 }).step({ kind: 'frame', count: 1 });
    expect(play.state.link).toBe('live');
  });

  it('LINK-8 calls bytes without a frame a wrong device after five seconds', () => {
    const play = new Play().step(listed('/dev/ttyUSB0')).step({ kind: 'turn' }).step({ kind: 'opened' });
    for (let atMs = 0; atMs < wrongDeviceMs; atMs += 100) {
      expect(play.state.link).toBe('listening');
      play.step({ kind: 'bytes', count: 20 }, 100).step({ kind: 'discarded', count: 20 });
    }
    expect(play.state.link).toBe('wrong-device');
    play.step({ kind: 'frame', count: 1 }, 100);
    expect(play.state.link).toBe('live');
  });

  it('LINK-8 tries the other line settings in turn, and says wrong device all the while', () => {
    const play = new Play({ profileCount: 3 }).step(listed('/dev/ttyUSB0'));
    for (let atMs = 0; atMs < 40_000; atMs += 100) {
      const before = play.effects.length;
      play.step({ kind: 'turn' }, 100);
      if (play.state.phase === 'open') play.step({ kind: 'bytes', count: 20 });
      for (const effect of play.effects.slice(before)) {
        if (effect.kind === 'open') play.step({ kind: 'opened' });
        if (effect.kind === 'close') play.step({ kind: 'closed', reason: 'asked' });
      }
      if (play.state.phase === 'opening') play.step({ kind: 'opened' });
    }
    const profiles = play.effects.filter((effect) => effect.kind === 'open').map((effect) => effect.profile);
    expect(profiles.slice(0, 5)).toEqual([0, 1, 2, 0, 1]);
    expect(play.effects.filter((effect) => effect.kind === 'announce').map((effect) => effect.to)).toEqual(['listening', 'wrong-device']);
  });
});

describe('under another name', () => {
  const opened = (effect: LinkEffect): LinkInput | null =>
    effect.kind === 'open' ? { kind: 'opened' } : effect.kind === 'close' ? { kind: 'closed', reason: 'asked' } : null;

  it('LINK-9 follows the adapter by its id', () => {
    const play = new Play({ stableId: 'usb-A', transmits: true });
    play.step({ kind: 'port-list', ports: [{ path: '/dev/ttyUSB3', stableId: 'usb-A', taken: false }] });
    play.step({ kind: 'turn' }, 100);
    expect(play.opens()).toEqual(['/dev/ttyUSB3']);
  });

  it('LINK-9 writes to no other adapter that has taken the name', () => {
    const other: LinkInput = { kind: 'port-list', ports: [{ path: '/dev/ttyUSB0', stableId: 'usb-B', taken: false }] };
    const polled = new Play({ stableId: 'usb-A', transmits: true }).step(other).run(20_000);
    expect(polled.opens()).toEqual([]);
    expect(polled.state.link).toBe('absent');
    const heard = new Play({ stableId: 'usb-A' }).step(other).run(200);
    expect(heard.effects[0]).toMatchObject({ kind: 'open', path: '/dev/ttyUSB0', candidate: true });
  });

  it('LINK-10 listens to a new port and takes it after two frames', () => {
    const play = new Play().live().step(listed('/dev/ttyUSB0', '/dev/ttyACM0'));
    play.step({ kind: 'closed', reason: 'EIO' }, 100).step(listed('/dev/ttyACM0'), 100);
    play.step(listed('/dev/ttyACM0', '/dev/ttyUSB1'), 900);
    expect(play.effects.at(-1)).toMatchObject({ kind: 'open', path: '/dev/ttyUSB1', candidate: true });
    play.step({ kind: 'opened' }).step({ kind: 'bytes', count: 70 }, 500).step({ kind: 'frame', count: 1 });
    expect(play.state.link).toBe('unplugged');
    play.step({ kind: 'bytes', count: 70 }, 1000).step({ kind: 'frame', count: 1 });
    expect(play.state.link).toBe('live');
    expect(play.state.adoptedPath).toBe('/dev/ttyUSB1');
  });

  it('LINK-10 leaves a new port that says nothing, and comes back to it later', () => {
    const play = new Play().live().step({ kind: 'closed', reason: 'EIO' }, 100);
    play.step(listed('/dev/ttyUSB1'), 300).run(candidateSilentMs + rejectedMs + 2000, (effect) => {
      if (effect.kind === 'open' && effect.path === '/dev/ttyUSB0') return { kind: 'open-failed', code: 'PORT_NOT_FOUND' };
      return opened(effect);
    });
    expect(play.opens().filter((path) => path === '/dev/ttyUSB1').length).toBeGreaterThanOrEqual(1);
    expect(play.opens().filter((path) => path === '/dev/ttyUSB0').length).toBeGreaterThanOrEqual(3);
    expect(play.effects.filter((effect) => effect.kind === 'announce').map((effect) => effect.to)).toEqual([
      'listening',
      'live',
      'unplugged',
    ]);
  });

  it('LINK-10 goes back to its own name when that returns while it listens elsewhere', () => {
    const play = new Play().live().step({ kind: 'closed', reason: 'EIO' }, 100);
    play.step(listed('/dev/ttyUSB1'), 300).step({ kind: 'opened' });
    expect(play.state.target).toEqual({ path: '/dev/ttyUSB1', candidate: true });
    play.step(listed('/dev/ttyUSB0', '/dev/ttyUSB1'), 300).step({ kind: 'closed', reason: 'asked' });
    expect(play.state.target).toEqual({ path: '/dev/ttyUSB0', candidate: false });
  });

  it('LINK-19 takes neither a port of another monitor nor one that was there all along', () => {
    const play = new Play().live().step(listed('/dev/ttyUSB0', '/dev/ttyACM0'));
    play.step({ kind: 'closed', reason: 'EIO' }, 100);
    play.step(
      {
        kind: 'port-list',
        ports: [
          { path: '/dev/ttyACM0', stableId: null, taken: false },
          { path: '/dev/ttyUSB1', stableId: null, taken: true },
        ],
      },
      100,
    );
    play.run(20_000, (effect) => (effect.kind === 'open' ? { kind: 'open-failed', code: 'PORT_NOT_FOUND' } : null));
    expect(new Set(play.opens())).toEqual(new Set(['/dev/ttyUSB0']));
  });
});

describe('ends without an error', () => {
  it('LINK-13 a listed port that leaves the list is unplugged', () => {
    const play = new Play().live().step(listed('/dev/ttyUSB0'), 100).step(listed(), 100);
    expect(play.effects.slice(-2)).toMatchObject([{ kind: 'close' }, { kind: 'announce', to: 'unplugged' }]);
  });

  it('LINK-14 sleep is an unplugging', () => {
    const play = new Play().live().step({ kind: 'resumed' }, 100);
    expect(play.effects.slice(-2)).toMatchObject([{ kind: 'close' }, { kind: 'announce', to: 'unplugged', cause: 'sleep' }]);
    play.step({ kind: 'closed', reason: 'asked' });
    expect(play.effects.at(-1)).toMatchObject({ kind: 'open', path: '/dev/ttyUSB0' });
  });
});
