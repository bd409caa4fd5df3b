import { compareHeads, type Comparison } from '../../../electron/service/sync/compare-heads.ts';
import {
  initialSync,
  step,
  type Parked,
  type SyncEffect,
  type SyncFault,
  type SyncInput,
  type SyncState,
} from '../../../electron/service/sync/engine.ts';
import { ModelHub, noHash, type ModelRow } from './model-hub.ts';

/** How a sender may be wrong, to show that a wrong one is found. */
export interface Policy {
  readonly step: typeof step;
  /** Where a sender takes the end of the log from. */
  readonly headFrom: 'hub' | 'own-cursor';
  /** Whether the own cursor moves when a batch goes out, and not when it is answered. */
  readonly cursorFirst: boolean;
  readonly hubBelievesAll: boolean;
  readonly isShownUpToDate: (state: SyncState) => boolean;
}

export const right: Policy = {
  step,
  headFrom: 'hub',
  cursorFirst: false,
  hubBelievesAll: false,
  isShownUpToDate: ({ phase }) => phase.is === 'up-to-date',
};

export interface Outcome {
  /** Invariants that did not hold, each once. */
  readonly broken: readonly string[];
  /** From the end of all faults until room and hub were one. */
  readonly quietMs: number;
  readonly sends: number;
  readonly faults: Readonly<Record<string, number>>;
}

const faulty = 120_000;
/** What was on the way may be waited for, then a pause may begin, and its end may meet a backlog. */
export const quietLimitMs = 30_000 + 60_000 + 30_000;
const mendLimitMs = 600_000 + quietLimitMs;
const again: SyncFault = { kind: 'again', words: 'It broke.', tooLarge: false };
const mend: SyncFault = { kind: 'pause', words: 'Mend it.', tooLarge: false };
const odd: SyncFault = { kind: 'row', words: 'It cannot be taken.', tooLarge: false };

type NetFault = 'refuse' | 'cut-up' | 'cut-down' | 'swallow-up' | 'swallow-down' | 'slow' | 'none';
const weights: readonly (readonly [NetFault, number])[] = [
  ['refuse', 15],
  ['cut-up', 20],
  ['cut-down', 25],
  ['swallow-up', 5],
  ['swallow-down', 10],
  ['slow', 15],
  ['none', 10],
];

export function seeded(seed: number): () => number {
  let at = (seed * 0x9e3779b9) >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Things to do at a time, soonest first. */
class Agenda {
  nowMs = 0;
  readonly #heap: { atMs: number; order: number; work: () => void }[] = [];
  #order = 0;

  at(atMs: number, work: () => void): void {
    const heap = this.#heap;
    const item = { atMs, order: (this.#order += 1), work };
    let index = heap.push(item) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (!isSooner(item, heap[above]!)) break;
      heap[index] = heap[above]!;
      index = above;
    }
    heap[index] = item;
  }

  /** Does the next thing; false where there is none up to then. */
  next(untilMs: number): boolean {
    const heap = this.#heap;
    const [first] = heap;
    if (first === undefined || first.atMs > untilMs) {
      this.nowMs = untilMs;
      return false;
    }
    const last = heap.pop()!;
    if (heap.length > 0) {
      let index = 0;
      for (;;) {
        let below = 2 * index + 1;
        if (below >= heap.length) break;
        if (below + 1 < heap.length && isSooner(heap[below + 1]!, heap[below]!)) below += 1;
        if (!isSooner(heap[below]!, last)) break;
        heap[index] = heap[below]!;
        index = below;
      }
      heap[index] = last;
    }
    this.nowMs = first.atMs;
    first.work();
    return true;
  }
}

function isSooner(a: { atMs: number; order: number }, b: { atMs: number; order: number }): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

interface World {
  readonly agenda: Agenda;
  readonly random: () => number;
  readonly hub: ModelHub;
  readonly policy: Policy;
  readonly broken: Set<string>;
  readonly faults: Record<string, number>;
  /** Every event that was ever recorded, by its hash; of two machines as one room, both. */
  readonly recorded: Map<string, ModelRow>;
  mode: 'well' | 'down' | 'full' | 'locked-out';
  quiet: boolean;
  sends: number;
  hashes: number;
}

/** A room's computer: its log, and what sends it. */
class Machine {
  rows: ModelRow[];
  epochs: { epoch: string; firstSeq: number }[];
  state: SyncState;
  /** Kept by the wrong senders alone. */
  cursor = 0;
  readonly #world: World;
  #connection: { fault: NetFault; messages: number; open: boolean } | null = null;
  #generation = 0;
  /** The last event up to which the hub was asked and had everything. */
  #proved = noHash;

  constructor(world: World, rows: ModelRow[], epochs: { epoch: string; firstSeq: number }[]) {
    this.#world = world;
    this.rows = rows;
    this.epochs = epochs;
    this.state = initialSync(rows.length);
    this.#wake();
  }

  record(count: number, oddOnes: ReadonlySet<number> = new Set()): void {
    for (let index = 0; index < count; index += 1) {
      const before = this.rows.at(-1);
      const hash = `h${(this.#world.hashes += 1)}`;
      const seq = this.rows.length + 1;
      const row = { epoch: this.epochs.at(-1)!.epoch, seq, hash, prev: before?.hash ?? noHash, odd: oddOnes.has(index) };
      this.rows.push(row);
      this.#world.recorded.set(hash, row);
    }
    this.take({ type: 'head-moved', seq: this.rows.length });
  }

  /** Its process is ended at any moment and begins again; what is on the way arrives or not. */
  restart(parked: readonly Parked[] = this.state.parked): void {
    this.#generation += 1;
    this.#connection = null;
    this.state = initialSync(this.rows.length, parked);
    this.#wake();
  }

  restoreTo(seq: number): void {
    this.rows.length = seq;
    this.epochs = [...this.epochs.filter(({ firstSeq }) => firstSeq <= seq), { epoch: `epoch ${this.#world.random()}`, firstSeq: seq + 1 }];
    this.restart(this.state.parked.filter((one) => one.seq <= seq));
    this.record(1);
  }

  take(input: SyncInput): void {
    const { agenda, policy, random } = this.#world;
    const before = this.state;
    const { state, effects } = policy.step(before, input, { nowMs: agenda.nowMs, random: random() });
    this.state = state;
    const shrunk = before.arrived !== null && state.arrived !== null && state.arrived.seq < before.arrived.seq;
    if (shrunk && state.note === null && state.problem === null) this.#world.broken.add('I2 what had arrived shrank without a word');
    if (policy.isShownUpToDate(state) && !policy.isShownUpToDate(before) && this.#proved !== (this.rows.at(-1)?.hash ?? noHash)) {
      this.#world.broken.add('I11 shown as up to date, and not asked');
    }
    for (const effect of effects) this.#do(effect);
    if (state.wakeAtMs !== before.wakeAtMs) this.#wake();
  }

  compare(held: ReturnType<ModelHub['epochs']>): Comparison {
    return compareHeads({ epochs: this.epochs, seq: this.rows.length, hashAt: (seq) => this.rows[seq - 1]?.hash ?? null }, held);
  }

  #wake(): void {
    const { agenda } = this.#world;
    const at = this.state.wakeAtMs;
    const generation = this.#generation;
    if (at !== null) agenda.at(Math.max(at, agenda.nowMs), () => generation === this.#generation && this.take({ type: 'tick' }));
  }

  /** Hands in what comes back, unless the process has been ended meanwhile. */
  #later(delayMs: number, make: () => SyncInput | null, generation = this.#generation): void {
    this.#world.agenda.at(this.#world.agenda.nowMs + delayMs, () => {
      if (generation !== this.#generation) return;
      const input = make();
      if (input !== null) this.take(input);
    });
  }

  #do(effect: SyncEffect): void {
    switch (effect.do) {
      case 'connect':
        return this.#connect(effect.turn);
      case 'ask-head':
        return this.#ask(effect.turn, () => this.#readHead(effect.turn));
      case 'send':
        return this.#send(effect);
      case 'close':
        this.#connection = null;
        return undefined;
    }
  }

  #connect(turn: number): void {
    const world = this.#world;
    const fault = world.quiet ? 'none' : pick(world.random());
    if (!world.quiet) world.faults[fault] = (world.faults[fault] ?? 0) + 1;
    if (world.mode === 'locked-out') return this.#later(5, () => ({ type: 'failed', turn, fault: mend }));
    if (fault === 'refuse' || world.mode === 'down') return this.#later(5, () => ({ type: 'failed', turn, fault: again }));
    const connection = { fault, messages: Math.floor(world.random() * 4), open: true };
    this.#connection = connection;
    this.#later(5, () => ({ type: 'connected', turn }));
  }

  /** One request on the connection: `serve` is what the hub does with it, and gives what comes back. */
  #ask(turn: number, serve: () => () => SyncInput, size = 0): void {
    const { agenda, random } = this.#world;
    const connection = this.#connection;
    if (connection === null) return;
    const isHit = !this.#world.quiet && connection.fault !== 'none' && (connection.messages -= 1) < 0;
    const fault = isHit ? connection.fault : 'none';
    const generation = this.#generation;
    const breaks = (): SyncInput => ({ type: 'failed', turn, fault: again });
    if (fault === 'swallow-up') return;
    if (fault === 'cut-up') return this.#later(random() * 50, breaks);
    // What is slow may reach the hub when its sender has long given it up, or was ended.
    const upMs = fault === 'slow' ? random() * 45_000 : 1 + random() * 5 + size / 50;
    agenda.at(agenda.nowMs + upMs, () => {
      if (this.#world.mode === 'down') return this.#later(1, breaks, generation);
      const answer = serve();
      if (fault === 'swallow-down') return;
      this.#later(1 + random() * 5, fault === 'cut-down' ? breaks : answer, generation);
    });
  }

  #readHead(turn: number): () => SyncInput {
    const held = this.#world.policy.headFrom === 'hub' ? this.#world.hub.epochs() : this.#ownHead();
    if (this.#isEqualNow()) this.#proved = this.rows.at(-1)?.hash ?? noHash;
    return () => ({ type: 'compared', turn, comparison: this.compare(held), seq: this.rows.length });
  }

  #ownHead(): ReturnType<ModelHub['epochs']> {
    const last = this.rows[this.cursor - 1];
    if (last === undefined) return [];
    const { firstSeq } = this.epochs.find(({ epoch }) => epoch === last.epoch)!;
    return [{ epoch: last.epoch, firstSeq, lastSeq: last.seq, lastHash: last.hash }];
  }

  #send({ turn, next, limit, marked }: Extract<SyncEffect, { do: 'send' }>): void {
    const world = this.#world;
    const epoch = this.rows[next - 1]?.epoch;
    const rows = this.rows.slice(next - 1, next - 1 + limit).filter((row) => row.epoch === epoch);
    world.sends += 1;
    const through = next - 1 + rows.length;
    if (world.policy.cursorFirst) this.cursor = through;
    this.#ask(
      turn,
      () => {
        if (world.mode === 'full') return () => ({ type: 'failed', turn, fault: again, batch: { first: next, rows: rows.length } });
        const answer = world.hub.append(rows, new Set(marked));
        if (answer === 'row') return () => ({ type: 'failed', turn, fault: odd, batch: { first: next, rows: rows.length } });
        if (answer === 'appended') checkAppended(world, rows);
        return () => {
          if (answer === 'appended') this.cursor = Math.max(this.cursor, through);
          return { type: 'answered', turn, answer, through };
        };
      },
      rows.length,
    );
  }

  /** Whether the hub ends where this log does. */
  #isEqualNow(): boolean {
    return this.compare(this.#world.hub.epochs()).is === 'equal';
  }

  isOne(): boolean {
    return this.#isEqualNow() && this.state.phase.is === 'up-to-date';
  }
}

function pick(random: number): NetFault {
  let rest = random * 100;
  for (const [fault, weight] of weights) {
    rest -= weight;
    if (rest < 0) return fault;
  }
  return 'none';
}

/** I1 of a batch that was just taken: what stood there before was looked at when it came. */
function checkAppended({ hub, recorded, broken }: World, batch: readonly ModelRow[]): void {
  const { rows, firstSeq } = hub.stretches.at(-1)!;
  for (let index = Math.max(0, rows.length - batch.length); index < rows.length; index += 1) {
    const row = rows[index]!;
    if (row.seq !== firstSeq + index) broken.add('I1 a number is missing or out of order');
    if (index > 0 && rows[index - 1]?.hash !== row.prev) broken.add('I1 a row does not follow the one before');
    if (recorded.get(row.hash) !== row) broken.add('I1 a row is none of the room');
  }
}

/** One room, one hub, two minutes of faults, then quiet. */
export function runSchedule(seed: number, policy: Policy = right): Outcome {
  const random = seeded(seed);
  const world: World = {
    agenda: new Agenda(),
    random,
    hub: new ModelHub(),
    policy,
    broken: new Set(),
    faults: {},
    recorded: new Map(),
    mode: 'well',
    quiet: false,
    sends: 0,
    hashes: 0,
  };
  world.hub.believesAll = policy.hubBelievesAll;
  const room = new Machine(world, [], [{ epoch: 'epoch 0', firstSeq: 1 }]);
  const machines = [room];
  planEvents(world, room);
  const hasClone = planOddDays(world, machines);
  const { agenda } = world;
  while (agenda.next(faulty));
  world.quiet = true;
  world.mode = 'well';
  const limitMs = machines.some(({ state }) => state.phase.is === 'paused') ? mendLimitMs : quietLimitMs;
  const isDone = (machine: Machine): boolean => machine.isOne() || (hasClone && machine.state.phase.is === 'stopped');
  while (!machines.every(isDone) && agenda.next(faulty + limitMs));
  const quietMs = agenda.nowMs - faulty;
  checkEnd(world, machines, hasClone, isDone);
  return { broken: [...world.broken], quietMs, sends: world.sends, faults: world.faults };
}

function planEvents({ agenda, random }: World, room: Machine): void {
  const bursts = 3 + Math.floor(random() * 12);
  for (let index = 0; index < bursts; index += 1) {
    const count = random() < 0.05 ? 400 + Math.floor(random() * 900) : 1 + Math.floor(random() * 8);
    const oddOnes = new Set(random() < 0.06 ? [Math.floor(random() * count)] : []);
    agenda.at(random() * faulty, () => room.record(count, oddOnes));
  }
}

/** What else happens in such two minutes; gives whether a second computer began as this room. */
function planOddDays(world: World, machines: Machine[]): boolean {
  const { agenda, random, hub, faults } = world;
  const [room] = machines as [Machine];
  const when = (): number => random() * faulty;
  const counted = (name: string, work: () => void) => (): void => {
    faults[name] = (faults[name] ?? 0) + 1;
    work();
  };
  if (random() < 0.3)
    agenda.at(
      when(),
      counted('sender killed', () => room.restart()),
    );
  if (random() < 0.3) {
    const atMs = when();
    for (const share of [0.3, 0.6, 0.9]) agenda.at(atMs * share, () => hub.copy());
    agenda.at(
      atMs,
      counted('hub restored', () => void hub.restore(random())),
    );
  }
  for (const [mode, share] of [
    ['down', 0.15],
    ['full', 0.1],
    ['locked-out', 0.05],
  ] as const) {
    if (random() >= share) continue;
    const atMs = when();
    agenda.at(
      atMs,
      counted(mode, () => (world.mode = mode)),
    );
    agenda.at(atMs + random() * 40_000, () => (world.mode = 'well'));
  }
  if (random() < 0.15) {
    agenda.at(
      when(),
      counted('room restored', () => room.rows.length > 1 && room.restoreTo(1 + Math.floor(random() * (room.rows.length - 1)))),
    );
    return false;
  }
  if (random() >= 0.08) return false;
  agenda.at(
    when(),
    counted('cloned', () => {
      room.record(1);
      const clone = new Machine(world, [...room.rows], [...room.epochs]);
      machines.push(clone);
      clone.record(1);
      room.record(1);
    }),
  );
  return true;
}

function checkEnd(world: World, machines: readonly Machine[], hasClone: boolean, isDone: (machine: Machine) => boolean): void {
  const { broken, hub } = world;
  const all = hub.stretches.flatMap(({ rows }) => rows.map(({ hash }) => hash));
  const there = new Set(all);
  if (there.size !== all.length) broken.add('I4 an event stands there twice');
  if (!machines.every(isDone)) broken.add('I3 room and hub did not become one, though nothing was wrong any more');
  if (hasClone) {
    if (!machines.some(({ state }) => state.phase.is === 'stopped')) broken.add('two computers as one room, and none was stopped');
    return;
  }
  const [room] = machines as [Machine];
  if (room.rows.some(({ hash }) => !there.has(hash))) broken.add('I3 an entry is not there');
  for (const { seq, odd: isOdd, hash } of room.rows) {
    const isParked = room.state.parked.some((one) => one.seq === seq);
    if (isOdd && !(isParked && hub.marked.has(hash))) broken.add('I13 an odd row is not told, or has no place at the hub');
    if (!isOdd && isParked) broken.add('I13 a row that could be taken was held back');
  }
}
