import { manualClockStartMs } from '../support/manual-clock.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import { ORPCError } from '@orpc/server';
import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import type { Answer } from '../../shared/contract/doubt.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { anyCommand, vial, type Sight } from './any-command.ts';
import { ClinicWorld, monitorPaths, type ClinicPerson } from './clinic-world.ts';
import { checkFiles, privateWordsIn } from './clinic-checks.ts';
import type { DayTold } from './day-told.ts';
import { createChance, type Chance } from './seeded-chance.ts';
import { sessionPlan, type Act } from './session-plan.ts';

export interface DayOptions {
  readonly sessions?: number;
  /** Does to the room or its files what the checks at the end of the day have to find. */
  readonly meddle?: (world: ClinicWorld, told: DayTold) => Promise<void> | void;
}

const sessionsADay = 8;
const stepsMax = 70;

/**
 * One day in one room: eight sessions by every route, played by people who do what is due, what nobody would, and
 * each other's work; while cables come out and the process is killed. The same seed is the same day.
 */
export async function playClinicDay(seed: number, { sessions = sessionsADay, meddle }: DayOptions = {}): Promise<DayTold> {
  const world = ClinicWorld.open(seed, manualClockStartMs - 3 * 3_600_000);
  const day = new ClinicDay(world, createChance(seed));
  try {
    await day.play(sessions);
    await meddle?.(world, day.told);
    await day.endOfDay();
    return day.told;
  } finally {
    world.erase();
  }
}

class ClinicDay {
  readonly told: DayTold = {
    acknowledged: [],
    refused: [],
    privateWords: [],
    counts: new Map(),
    sessions: 0,
    simulatedMs: 0,
  };
  readonly #world: ClinicWorld;
  readonly #chance: Chance;
  #commands = 0;
  #notes: { readonly noteId: string; readonly sessionId: string; readonly word: string }[] = [];

  constructor(world: ClinicWorld, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
  }

  async play(sessions: number): Promise<void> {
    for (let session = 0; session < sessions; session += 1) {
      await this.#drugLog();
      await this.#playSession(session);
      await this.#letPass(this.#chance.between(3, 20) * 60_000);
    }
  }

  async endOfDay(): Promise<void> {
    const { told } = this;
    await checkFiles(this.#world, told, 'end');
    await this.#world.close();
    const errors = this.#world.lines.filter(({ level }) => level === 'error');
    if (errors.length > 0) throw new Error(`the service logged an error: ${JSON.stringify(errors[0])}`);
    const said = privateWordsIn(JSON.stringify(this.#world.lines));
    if (said.length > 0) throw new Error(`a private word is in the log: ${said.join()}`);
  }

  async #playSession(number: number): Promise<void> {
    const chance = this.#chance;
    const protocol = chance.in100(55) ? this.#protocol('iv') : chance.pick(builtInProtocols);
    const sessionId = await this.#open(number, protocol);
    if (sessionId === null) return;
    this.told.sessions += 1;
    const plan = [...sessionPlan(protocol, chance)];
    for (let step = 0; step < stepsMax && plan.length > 0; step += 1) {
      await this.#time();
      await this.#hazard();
      const sight = this.#sight(sessionId);
      if (chance.in100(25))
        await this.#act(sessionId, {
          by: chance.pick(['nurse', 'nurse', 'therapist', 'prescriber', 'it']),
          command: anyCommand(sight, chance),
          witness: chance.pick(['therapist', 'prescriber']),
          ...(chance.in100(30) ? { ownPin: true } : {}),
        });
      else if (chance.in100(7)) await this.#private(sessionId);
      else {
        const act = plan.shift()?.(sight) ?? null;
        if (act?.command.type === 'sign-session') await this.#closeItems(sessionId);
        if (act !== null) await this.#act(sessionId, act.command.type === 'sign-session' ? this.#signed(sessionId, act) : act);
      }
    }
    await this.#leave(sessionId);
  }

  /** The next patient needs the room, whatever was left open. */
  async #leave(sessionId: string): Promise<void> {
    const orders: readonly SessionCommandInput[] = [
      { type: 'complete-dose' },
      { type: 'stop-dose-early', reason: 'other', volumeLeftMl: 0 },
      { type: 'expel-lozenge' },
      { type: 'end-session', reason: 'the day goes on' },
    ];
    for (const command of orders) {
      if (this.#world.room.recorder.sessions.find(sessionId)?.ended !== null) return;
      await this.#act(sessionId, { by: 'prescriber', command });
    }
  }

  async #open(number: number, protocol: Protocol): Promise<string | null> {
    const { client } = await this.#page(this.#world.person('nurse'));
    const known = await client.patients.find({ query: '' });
    const again = known.length > 0 && this.#chance.in100(30) ? this.#chance.pick(known) : null;
    const patient =
      again ??
      (await client.patients.add({
        commandId: this.#commandId(),
        name: `Patient ${number}`,
        birthDate: `1984-0${1 + (number % 9)}-14`,
        recordNumber: `DEMO-${number}`,
      }));
    const commandId = this.#commandId();
    const { patientId } = patient;
    const opened = await this.#call(() => client.session.open({ commandId, patientId, protocolId: protocol.id, course: null }), commandId);
    return opened?.sessionId ?? null;
  }

  #protocol(route: Protocol['route']): Protocol {
    const found = builtInProtocols.find((protocol) => protocol.route === route);
    if (found === undefined) throw new Error(`no protocol for ${route}`);
    return found;
  }

  /** Mostly seconds, in which every byte is read; at times the computer sleeps for minutes, as all its timers feel it. */
  async #time(): Promise<void> {
    const chance = this.#chance;
    if (chance.in100(55)) await this.#letPass(chance.between(300, 2000));
    else if (chance.in100(90)) this.#sleep(chance.between(10_000, 240_000));
    else this.#sleep(chance.between(5, 25) * 60_000);
  }

  async #letPass(ms: number): Promise<void> {
    const awakeMs = Math.min(ms, 6000);
    await this.#world.clock.pass(awakeMs);
    this.told.simulatedMs += awakeMs;
    if (ms > awakeMs) this.#sleep(ms - awakeMs);
  }

  #sleep(ms: number): void {
    this.#world.clock.stall(ms);
    this.told.simulatedMs += ms;
  }

  async #hazard(): Promise<void> {
    const chance = this.#chance;
    const { ports } = this.#world;
    if (chance.in100(4)) {
      const path = chance.pick(monitorPaths);
      ports.pull(path);
      this.#count('cable pulled');
      await this.#letPass(chance.between(200, 12_000));
      this.#world.ports.replug(path);
    }
    if (chance.between(1, 1000) <= 3) await this.#setClock(chance.pick([-3_600_000, -7000, 7000, 90_000]));
    // While drug is running a kill has the most to break.
    const { session } = this.#world.room.recorder;
    if (chance.between(1, 1000) <= (session?.dose.status === 'running' ? 15 : 4)) await this.#kill();
  }

  /** It is said within a second; a kill before that leaves files that know nothing of it. */
  async #setClock(byMs: number): Promise<void> {
    this.#world.clock.stepWall(byMs);
    this.#count(byMs < 0 ? 'clock set back' : 'clock set forward');
    await this.#letPass(1500);
  }

  async #kill(): Promise<void> {
    this.#count('kill');
    await checkFiles(this.#world, this.told, 'kill');
    const downMs = this.#chance.between(0, 180_000);
    this.told.simulatedMs += downMs;
    await this.#world.kill(downMs);
    await this.#letPass(2000);
  }

  #sight(sessionId: string): Sight {
    const { recorder, records, clock } = this.#world.room;
    const state = recorder.sessions.find(sessionId);
    const protocol = state === null ? null : recorder.room.protocols.find(state.opened.protocolId, state.opened.protocolVersion);
    if (state === null || protocol === null) throw new Error(`session ${sessionId} is gone`);
    return {
      state,
      protocol,
      nowMs: clock.now().utcMs,
      recordHash: () => (state.ended === null ? null : records.signing(sessionId).recordHash),
    };
  }

  /** The record as it stands when the pen is put down, unless the signer looked away. */
  #signed(sessionId: string, act: Act): Act {
    const recordHash = this.#sight(sessionId).recordHash();
    return recordHash === null || this.#chance.in100(10) ? act : { ...act, command: { type: 'sign-session', recordHash } };
  }

  async #closeItems(sessionId: string): Promise<void> {
    const open = this.#world.room.records.signing(sessionId).items.filter(({ asks, closed }) => asks !== 'nothing' && closed === null);
    if (open.length === 0) return;
    const keys = open.slice(0, 60).map(({ key }) => key);
    await this.#act(sessionId, { by: 'nurse', command: { type: 'close-item', keys, reason: 'talked over' } });
  }

  async #act(sessionId: string, { by, command, witness, ownPin }: Act): Promise<void> {
    const chance = this.#chance;
    const world = this.#world;
    const person = world.person(by, by === 'nurse' && chance.in100(25) ? 1 : 0);
    const second = witness === undefined ? null : world.person(witness);
    const { client } = await this.#page(person);
    const commandId = this.#commandId();
    const input = {
      commandId,
      sessionId,
      command,
      ...(second === null || second === person ? {} : { witness: { personId: second.personId, pin: this.#pinOf(second) } }),
      ...(ownPin === true ? { ownPin: this.#pinOf(person) } : {}),
    };
    const asked: Answer[] = [];
    const answer = await this.#call(() => client.session.execute(input), commandId, asked);
    if (answer === null) {
      // Whoever is asked why mostly says so; nothing else about the act is changed.
      if (asked.length === 0 || chance.in100(20)) return;
      const answered = { ...input, commandId: this.#commandId(), answers: asked };
      if ((await this.#call(() => client.session.execute(answered), answered.commandId)) === null) return;
      this.#count(command.type);
      this.#count(`${command.type} answered`);
      return;
    }
    this.#count(command.type);
    // A page that lost the answer asks again and is told the same.
    if (!chance.in100(5)) return;
    const again = await client.session.execute(input);
    if (JSON.stringify(again.eventIds) !== JSON.stringify(answer.eventIds)) throw new Error(`${command.type} was carried out twice`);
  }

  #pinOf({ pin }: ClinicPerson): string {
    return this.#chance.in100(2) ? '102938' : pin;
  }

  /** The person's page, signed in as far as they get. */
  async #page(person: ClinicPerson): Promise<ReturnType<ClinicWorld['pageOf']>> {
    const page = this.#world.pageOf(person);
    // After a handover whoever took over sits there.
    const isHere = (): boolean => this.#world.room.seats.holder(page.connection.seat) === person.personId;
    for (let tries = 0; tries < 3 && !isHere(); tries += 1) {
      await this.#call(() => page.client.staff.signIn({ personId: person.personId, pin: this.#pinOf(person) }), null);
      // Locked out: whoever waits is let in again.
      if (!isHere()) this.#sleep(16 * 60_000);
    }
    return page;
  }

  /** The answer, or null where it was refused, in whose record then nothing may stand. Anything else is a defect. */
  async #call<T>(work: () => Promise<T>, commandId: string | null, asked: Answer[] = []): Promise<T | null> {
    try {
      const answer = await work();
      const { eventIds } = answer as { readonly eventIds?: readonly string[] };
      if (commandId !== null && eventIds !== undefined) this.told.acknowledged.push({ commandId, eventIds });
      return answer;
    } catch (error) {
      asked.push(...(refusalOf(error)?.doubts ?? []).map(({ key }) => ({ key, reason: 'as agreed with the prescriber' })));
      const code = refusalOf(error)?.code ?? (error instanceof ORPCError && error.code === 'BAD_REQUEST' ? 'BAD_REQUEST' : null);
      if (code === null) throw error;
      this.#count(code);
      if (commandId !== null) this.told.refused.push(commandId);
      return null;
    }
  }

  async #private(sessionId: string): Promise<void> {
    const chance = this.#chance;
    const therapist = this.#world.person('therapist');
    const { client } = await this.#page(therapist);
    const begunAt = this.#world.clock.now().utcMs;
    const opened = await this.#call(() => client.private.open({ sessionId, pin: this.#pinOf(therapist), phrase: null }), null);
    if (opened === null) return;
    this.#count('private side opened');
    const mine = this.#notes.filter((note) => note.sessionId === sessionId);
    const word = `marked-${'abcdefghij'[chance.between(0, 9)] ?? ''}${this.#commands}`;
    if (chance.in100(20)) {
      this.told.privateWords.push(word);
      await this.#call(() => client.private.keepDraft({ sessionId, draftId: this.#uuid(), text: `draft ${word}`, begunAt }), null);
    } else if (chance.in100(15) && mine.length > 0) {
      const { noteId, word: moved } = chance.pick(mine);
      const done = await this.#call(() => client.private.moveToShared({ sessionId, commandId: this.#commandId(), noteId }), null);
      if (done === null) return;
      this.#count('moved to the shared side');
      this.told.privateWords.splice(0, Number.MAX_SAFE_INTEGER, ...this.told.privateWords.filter((known) => known !== moved));
    } else {
      const noteId = this.#uuid();
      this.told.privateWords.push(word);
      const noted = await this.#call(
        () => client.private.record({ sessionId, noteId, draftId: null, text: `heard: ${word}`, begunAt }),
        null,
      );
      if (noted === null) return;
      this.#count('private note');
      this.#notes.push({ noteId, sessionId, word });
    }
  }

  async #drugLog(): Promise<void> {
    const chance = this.#chance;
    if (!chance.in100(60)) return;
    const { client } = await this.#page(this.#world.person('nurse'));
    const second = this.#world.person('prescriber');
    const call = { commandId: this.#commandId(), stock: vial, witness: { personId: second.personId, pin: this.#pinOf(second) } };
    if (chance.in100(50)) await this.#call(() => client.drugLog.receive({ ...call, units: chance.between(1, 20) }), null);
    else
      await this.#call(
        () => client.drugLog.count({ ...call, mg: chance.between(0, 20) * 500, ...(chance.in100(50) ? { reason: 'counted twice' } : {}) }),
        null,
      );
  }

  #commandId(): string {
    this.#commands += 1;
    return this.#uuid();
  }

  #uuid(): string {
    return this.#world.room.ids.uuid();
  }

  #count(what: string): void {
    this.told.counts.set(what, (this.told.counts.get(what) ?? 0) + 1);
  }
}
