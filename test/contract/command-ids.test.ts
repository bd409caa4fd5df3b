import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { roomContract } from '../../shared/contract/room-contract.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { answerOpenPoints } from '../support/answered-points.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { transports, type TestTransport } from './transports.ts';

type Who = 'nurse' | 'therapist' | 'prescriber';

/** A call with an id of its own: who makes it, something it is taken with, and something else it is taken with. */
interface Attack {
  readonly who: Who;
  readonly content: () => object;
  readonly other: () => object;
}

const wrongPin = '975318';
const protocolId = 'iv-ketamine-0.5-40';
const vial = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
let room: TestRoom;
let sessionId: string;
let patientId: string;
const people = new Map<Who, string>();
const pages = new Map<Who, TestTransport>();
const uuid = (): string => room.room.ids.uuid();
const idOf = (who: Who): string => people.get(who) ?? '';
const pageOf = (who: Who): RoomClient => (pages.get(who) as TestTransport).client;
const headSeq = (): number => room.room.recorder.storage.store.events.head.seq;
const witness = (who: Who): object => ({ witness: { personId: idOf(who), pin: testPin } });
const noteOf = (text: string) => ({ type: 'record-observation', text, chips: [], begunAt: room.clock.now().utcMs });

/** Words of the therapist's own that stand in the session. */
function observation(): string {
  room.execute({ type: 'record-observation', text: `seen ${uuid()}`, chips: [], begunAt: room.clock.now().utcMs }, idOf('therapist'));
  return room.room.recorder.session?.observations.at(-1)?.eventId ?? '';
}

const notes: string[] = [];
const privateNote = (): object => ({ sessionId, noteId: notes.pop() ?? '' });
const publication = (author: string): object => ({
  basedOn: { protocolId, version: 2 },
  draft: { ...findProtocol(protocolId) },
  author,
  effectiveFrom: new Date(room.clock.now().utcMs).toISOString().slice(0, 10),
});
const patient = (): object => ({ name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: uuid() });
const opening = (): object => ({ patientId, protocolId, course: null });

const attacks: Readonly<Record<string, Attack>> = {
  'patients.add': { who: 'nurse', content: patient, other: patient },
  'protocols.publish': { who: 'prescriber', content: () => publication('Robin Author'), other: () => publication('Alex Author') },
  'drugLog.receive': {
    who: 'nurse',
    content: () => ({ stock: vial, units: 10, ...witness('therapist') }),
    other: () => ({ stock: vial, units: 11, ...witness('therapist') }),
  },
  'drugLog.count': {
    who: 'nurse',
    content: () => ({ stock: vial, mg: 4000, reason: 'some are missing', ...witness('therapist') }),
    other: () => ({ stock: vial, mg: 4000, reason: 'some are missing', ...witness('prescriber') }),
  },
  'drugLog.dispose': {
    who: 'nurse',
    content: () => ({ stock: vial, mg: 10, reason: 'broken', ...witness('therapist') }),
    other: () => ({ stock: vial, mg: 11, reason: 'broken', ...witness('therapist') }),
  },
  'private.record': {
    who: 'therapist',
    content: () => ({ sessionId, draftId: null, text: 'first words', begunAt: room.clock.now().utcMs }),
    other: () => ({ sessionId, draftId: null, text: 'other words', begunAt: room.clock.now().utcMs }),
  },
  'private.moveToShared': { who: 'therapist', content: privateNote, other: privateNote },
  'private.moveToPrivate': {
    who: 'therapist',
    content: () => ({ sessionId, eventId: observation() }),
    other: () => ({ sessionId, eventId: observation() }),
  },
  'private.moveDraft': {
    who: 'therapist',
    content: () => ({ sessionId, direction: 'to-private' }),
    other: () => ({ sessionId, direction: 'to-shared' }),
  },
  'session.execute': {
    who: 'nurse',
    content: () => ({ sessionId, command: noteOf('calm') }),
    other: () => ({ sessionId, command: noteOf('restless') }),
  },
  // Last, because only one session is open: the one that stands is ended before.
  'session.open': { who: 'nurse', content: opening, other: () => ({ ...opening(), course: { number: 1, of: 6 } }) },
};

/** The field of a call's input that is its id; null where it has none. */
function idFieldOf(name: string): 'commandId' | 'noteId' | null {
  const procedure = name.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], roomContract);
  const schema = (procedure as { '~orpc': { inputSchema?: { shape?: object } } })['~orpc'].inputSchema;
  const fields = Object.keys(schema?.shape ?? {});
  // A note is its own act: its id is what tells a repeat.
  return fields.includes('commandId') ? 'commandId' : name === 'private.record' && fields.includes('noteId') ? 'noteId' : null;
}

async function call(who: Who, name: string, input: object): Promise<string> {
  const procedure = name.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], pageOf(who));
  try {
    return JSON.stringify(await (procedure as (input: object) => Promise<unknown>)(input));
  } catch (error) {
    return refusalOf(error)?.code ?? String(error);
  }
}

/** An id that the record holds for something else altogether. */
async function usedId(): Promise<string> {
  const commandId = uuid();
  await pageOf('nurse').patients.add({ commandId, name: 'Other Patient', birthDate: '1990-01-02', recordNumber: uuid() });
  return commandId;
}

beforeAll(async () => {
  room = openTestRoom();
  sessionId = room.openSession();
  patientId = room.room.recorder.session?.opened.patientId ?? '';
  people.set('nurse', room.nurseId).set('therapist', room.therapistId).set('prescriber', uuid());
  const pinHash = room.room.recorder.staff.people.get(room.nurseId)?.pinHash ?? '';
  const prescriber = { personId: idOf('prescriber'), name: 'Prescriber', role: 'prescriber', pinHash } as const;
  room.room.recorder.recordRoom({ events: [{ kind: 'person-added', body: prescriber }] }, room.nurseId);
  for (const [who, personId] of people) {
    const page = await transports['WebSocket']?.(room.host);
    if (page === undefined) throw new Error('there is no socket');
    pages.set(who, page);
    await page.client.staff.signIn({ personId, pin: testPin });
  }
  const { private: side } = pageOf('therapist');
  await side.open({ sessionId, pin: testPin, phrase: null });
  for (let made = 0; made < 3; made += 1) {
    notes.push(uuid());
    await side.record({ sessionId, noteId: notes.at(-1) ?? '', draftId: null, text: `note ${made}`, begunAt: room.clock.now().utcMs });
  }
});
afterAll(async () => {
  for (const page of pages.values()) await page.close();
  await room.close();
});

const names = Object.entries(roomContract).flatMap(([area, procedures]) => Object.keys(procedures).map((name) => `${area}.${name}`));

describe('the id of another act', () => {
  test('REPEAT-4 there is an attack for every call that carries an id', () => {
    expect(Object.keys(attacks).toSorted()).toEqual(names.filter((name) => idFieldOf(name) !== null).toSorted());
  });

  test.each(Object.keys(attacks).filter((name) => idFieldOf(name) === 'commandId'))(
    'REPEAT-2 %s is refused under an id that the record holds for something else',
    async (name) => {
      const attack = attacks[name] as Attack;
      const commandId = await usedId();
      const content = attack.content();
      const before = headSeq();
      expect(await call(attack.who, name, { ...content, commandId })).toBe('COMMAND_ID_USED');
      expect(headSeq()).toBe(before);
      // What was taken for a note goes back, for the next test.
      if (name === 'private.moveToShared') notes.push((content as { noteId: string }).noteId);
    },
    30_000,
  );

  test.each(Object.keys(attacks))(
    'REPEAT-1, REPEAT-2 %s is answered again as itself, and never for another content or another person',
    async (name) => {
      const attack = attacks[name] as Attack;
      if (name === 'session.open') room.execute({ type: 'end-session', reason: 'left before the dose' });
      const id = idFieldOf(name) ?? '';
      const [first, other] = [attack.content(), attack.other()];
      const own = { [id]: uuid() };
      const answer = await call(attack.who, name, { ...first, ...own });
      expect(answer).toMatch(/^[{[]/);
      const before = headSeq();
      expect(await call(attack.who, name, { ...first, ...own })).toBe(answer);
      expect(headSeq()).toBe(before);
      expect(await call(attack.who, name, { ...other, ...own })).toBe('COMMAND_ID_USED');
      const somebodyElse = attack.who === 'prescriber' ? 'nurse' : 'prescriber';
      expect(await call(somebodyElse, name, { ...first, ...own })).toMatch(/^(COMMAND_ID_USED|STAFF_NOT_ALLOWED|PRIVATE_CLOSED)$/);
      expect(headSeq()).toBe(before);
    },
    60_000,
  );

  test('REPEAT-3 a record is not signed, and nothing witnessed, under a used id without the right PIN', async () => {
    const ended = room.room.recorder.session;
    if (ended !== null) room.execute({ type: 'end-session', reason: 'left before the dose' });
    await answerOpenPoints(pageOf('nurse'), sessionId, uuid);
    const signing = await pageOf('nurse').signing.read({ sessionId });
    const sign = { sessionId, command: { type: 'sign-session', recordHash: signing.recordHash ?? '' } };
    const cosign = { sessionId, command: { type: 'cosign-session', meaning: 'approved', recordHash: signing.recordHash ?? '' } };
    const before = headSeq();
    for (const ownPin of [wrongPin, '000000', testPin]) {
      expect(await call('nurse', 'session.execute', { ...sign, ownPin, commandId: await usedId() })).toBe('COMMAND_ID_USED');
    }
    const forged = { personId: idOf('prescriber'), pin: wrongPin };
    expect(await call('nurse', 'session.execute', { ...cosign, witness: forged, commandId: await usedId() })).toBe('COMMAND_ID_USED');
    expect(await call('nurse', 'session.execute', { ...sign, ownPin: wrongPin, commandId: uuid() })).toBe('STAFF_WRONG_PIN');
    const since = [...room.room.recorder.storage.store.events.readAll({ afterSeq: before })].map(({ kind }) => kind);
    expect(since.filter((kind) => kind !== 'patient-added')).toEqual(['sign-in-refused']);
    const commandId = uuid();
    const signed = await call('nurse', 'session.execute', { ...sign, ownPin: testPin, commandId });
    expect(signed).toContain('eventIds');
    expect(await call('nurse', 'session.execute', { ...sign, ownPin: testPin, commandId })).toBe(signed);
    // What the signature's own id answers again is the signature that stands; nothing else is signed by it.
    expect(await call('nurse', 'session.execute', { ...sign, sessionId: uuid(), ownPin: wrongPin, commandId })).toBe('COMMAND_ID_USED');
  });
});
