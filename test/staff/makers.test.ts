import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  confirmationRefusal,
  makingRefusal,
  makingsOf,
  resetConfirmationRefusal,
  resetConfirmers,
} from '../../electron/service/staff/makers.ts';
import { emptyDirectory, evolveStaff, type Person, type StaffDirectory } from '../../electron/service/staff/person.ts';
import type { RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { roles, type Role } from '../../shared/contract/board/people.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { pageOf, codeOf } from '../support/page.ts';

// A PIN is compared on purpose slowly, and much slower where the machine has else to do.
vi.setConfig({ testTimeout: 120_000 });

const firstPin = '604813';
const ownPin = '271828';

type Body = Extract<RecordedEvent, { kind: 'person-added' }>['body'];

/** A room of these people, the first of whom set it up. */
function roomOf(...people: readonly (readonly [name: string, role: Role, first?: true])[]): StaffDirectory {
  return people.reduce((directory, [name, role, first]) => {
    const body: Body = { personId: name, name, role, pinHash: 'x', ...(first === undefined ? {} : { firstPin: first }) };
    return evolveStaff(directory, {
      kind: 'person-added',
      body,
      actor: { personId: people[0]?.[0] ?? '' },
      recorded: { utcMs: 0, offsetMin: 0 },
    } as unknown as RecordedEvent);
  }, emptyDirectory);
}

function personIn(directory: StaffDirectory, name: string): Person {
  const person = directory.people.get(name);
  if (person === undefined) throw new Error(`${name} is not there`);
  return person;
}

describe('who makes whom', () => {
  const everybody = roomOf(
    ['holder', 'therapist'],
    ['nurse', 'nurse'],
    ['therapist', 'therapist'],
    ['prescriber', 'prescriber'],
    ['it', 'it'],
  );

  test.each([
    ['nurse', ['nurse', 'therapist']],
    ['therapist', []],
    ['prescriber', ['nurse', 'therapist', 'prescriber', 'it']],
    ['it', ['nurse', 'therapist', 'prescriber', 'it']],
    ['holder', ['nurse', 'therapist']],
  ])('MAKER-1 %s makes %j where every role is there already', (name, made) => {
    expect(makingsOf(everybody, personIn(everybody, name)).map(({ role }) => role)).toEqual(made);
    for (const role of roles) {
      expect(makingRefusal(everybody, personIn(everybody, name), role)?.code ?? 'made').toBe(
        (made as string[]).includes(role) ? 'made' : 'STAFF_NOT_ALLOWED',
      );
    }
  });

  test.each(['nurse', 'therapist', 'prescriber', 'it'] as const)(
    'MAKER-1 whoever set the room up as %s makes the first of every role',
    (role) => {
      const alone = roomOf(['holder', role]);
      expect(makingsOf(alone, personIn(alone, 'holder'))).toEqual(roles.map((made) => ({ role: made, confirmers: [] })));
    },
  );

  test.each([
    // Of the ranks, never the maker, never a nurse beside them.
    [roomOf(['a', 'prescriber'], ['b', 'it'], ['n', 'nurse']), 'a', ['b']],
    [roomOf(['a', 'it'], ['b', 'it'], ['c', 'prescriber'], ['n', 'nurse']), 'a', ['b', 'c']],
    // Nobody else of the ranks: anybody else whose PIN is their own.
    [roomOf(['n', 'nurse'], ['a', 'it'], ['t', 'therapist']), 'a', ['n', 't']],
    [roomOf(['n', 'nurse'], ['t', 'therapist'], ['u', 'nurse', true]), 'n', ['t']],
    // A first PIN confirms nothing, whoever has it.
    [roomOf(['a', 'it'], ['b', 'prescriber', true], ['n', 'nurse', true]), 'a', []],
  ])('MAKER-2 a prescriber is confirmed by who is there: case %#', (directory, maker, confirmers) => {
    const by = personIn(directory, maker);
    const made = (role: Role) => makingsOf(directory, by).find((one) => one.role === role)?.confirmers;
    for (const role of ['prescriber', 'it'] as const) {
      expect(made(role)).toEqual(confirmers);
      expect(confirmationRefusal(directory, by, role, null)?.code ?? 'made').toBe(
        confirmers.length === 0 ? 'made' : 'STAFF_WITNESS_REQUIRED',
      );
      for (const personId of directory.people.keys()) {
        const isEnough = confirmers.length === 0 || confirmers.includes(personId);
        expect(confirmationRefusal(directory, by, role, personId) === null).toBe(isEnough);
      }
    }
    expect(made('nurse')).toEqual([]);
  });

  test('MAKER-1, MAKER-2 a refusal names whom to ask: the roles that make it, or the people who may confirm', () => {
    expect(makingRefusal(everybody, personIn(everybody, 'nurse'), 'it')?.message).toBe(
      'Adding IT, or changing one, is not for a nurse. Ask a prescriber or IT to sign in for it.',
    );
    const directory = roomOf(['Ada', 'it'], ['Ben', 'it'], ['Cleo', 'prescriber']);
    expect(confirmationRefusal(directory, personIn(directory, 'Ada'), 'it', null)?.message).toBe(
      'Nobody adds IT, or changes one, alone: Ben or Cleo confirms it with their own PIN.',
    );
  });

  test.each([
    // A nurse asks somebody of the ranks; one of the ranks asks anybody who may change that person.
    ['nurse', 'therapist', ['prescriber', 'it']],
    ['prescriber', 'nurse', ['it']],
    ['it', 'therapist', ['nurse', 'prescriber']],
    ['it', 'prescriber', ['holder', 'nurse', 'therapist']],
  ])('MAKER-8 a PIN that %s gives anew to %s takes one of %j, too', (maker, about, confirmers) => {
    const [by, of] = [personIn(everybody, maker), personIn(everybody, about)];
    expect(resetConfirmers(everybody, by, of)).toEqual(confirmers);
    for (const personId of [null, ...everybody.people.keys()]) {
      const isEnough = personId !== null && confirmers.includes(personId);
      expect(resetConfirmationRefusal(everybody, by, of, personId) === null).toBe(isEnough);
    }
  });

  test('MAKER-8 where nobody of the ranks is there anybody else who has a PIN confirms it, and alone only where nobody has', () => {
    const directory = roomOf(['a', 'nurse'], ['b', 'nurse'], ['t', 'therapist'], ['u', 'nurse', true]);
    expect(resetConfirmers(directory, personIn(directory, 'a'), personIn(directory, 'b'))).toEqual(['t']);
    const two = roomOf(['a', 'nurse'], ['b', 'nurse']);
    expect(resetConfirmationRefusal(two, personIn(two, 'a'), personIn(two, 'b'), null)).toBeNull();
  });

  test('MAKER-7 a PIN that is given to nobody who is there makes nobody', () => {
    const reset = { kind: 'pin-reset', body: { personId: 'stranger', pinHash: 'x' }, actor: { personId: 'nurse' }, recorded: { utcMs: 0 } };
    expect(evolveStaff(everybody, reset as unknown as RecordedEvent)).toBe(everybody);
  });
});

describe('a room where people are added', () => {
  let room: TestRoom;
  beforeEach(() => {
    room = openTestRoom();
  });
  afterEach(() => room.close());

  const page = (personId?: string): RoomClient => pageOf(room.host, personId);
  const logged = (): string => JSON.stringify([...room.room.recorder.storage.store.events.readAll()]);
  const head = (): number => room.room.recorder.storage.store.events.head.seq;

  test('MAKER-4, MAKER-3 a first PIN opens the choice of another once, and nothing else', async () => {
    const nurse = page(room.nurseId);
    const { personId } = await nurse.staff.add({ name: 'Added', role: 'nurse', pin: firstPin });
    expect(logged()).toContain('"firstPin":true');
    const theirs = page();
    const before = head();
    expect(await codeOf(theirs.staff.signIn({ personId, pin: firstPin }))).toBe('STAFF_FIRST_PIN');
    expect(await codeOf(theirs.staff.signIn({ personId, pin: firstPin, newPin: firstPin }))).toBe('STAFF_PIN_SAME');
    expect(await codeOf(theirs.staff.signIn({ personId, pin: firstPin, newPin: '123456' }))).toBe('STAFF_PIN_WEAK');
    expect(head()).toBe(before);
    expect(await codeOf(theirs.session.list())).toBe('STAFF_NOT_SIGNED_IN');
    expect(await codeOf(theirs.staff.signIn({ personId, pin: firstPin, newPin: ownPin }))).toBe('accepted');
    expect(await codeOf(theirs.session.list())).toBe('accepted');
    expect(await codeOf(page().staff.signIn({ personId, pin: firstPin }))).toBe('STAFF_WRONG_PIN');
    expect(await codeOf(page().staff.signIn({ personId, pin: firstPin, newPin: '314159' }))).toBe('STAFF_WRONG_PIN');
    // Whoever has one of their own does not change it here.
    expect(await codeOf(page().staff.signIn({ personId, pin: ownPin, newPin: '314159' }))).toBe('STAFF_NOT_ALLOWED');
    expect(await codeOf(page().staff.signIn({ personId, pin: ownPin }))).toBe('accepted');
    await room.restart();
    expect(await codeOf(page().staff.signIn({ personId, pin: ownPin }))).toBe('accepted');
    expect(logged()).not.toMatch(new RegExp(`${firstPin}|${ownPin}`));
  });

  test('MAKER-4 wrong first PINs count and lock like any other', async () => {
    const { personId } = await page(room.nurseId).staff.add({ name: 'Added', role: 'nurse', pin: firstPin });
    const codes: string[] = [];
    for (let tries = 0; tries < 5; tries += 1) codes.push(await codeOf(page().staff.signIn({ personId, pin: '314159', newPin: ownPin })));
    expect(codes).toEqual([...Array<string>(4).fill('STAFF_WRONG_PIN'), 'STAFF_LOCKED_OUT']);
    expect(await codeOf(page().staff.signIn({ personId, pin: firstPin, newPin: ownPin }))).toBe('STAFF_LOCKED_OUT');
  });

  test('MAKER-6 whoever a nurse has added stands by her for nothing until they have chosen their own PIN', async () => {
    const nurse = page(room.nurseId);
    const sessionId = room.openSession();
    const { personId } = await nurse.staff.add({ name: 'Added', role: 'nurse', pin: firstPin });
    const uuid = (): string => room.room.ids.uuid();
    const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
    const arrived = { type: 'reach-milestone', milestone: 'arrived' } as const;
    const acts = (pin: string) => [
      nurse.session.execute({ commandId: uuid(), sessionId, command: { type: 'hand-over' }, witness: { personId, pin } }),
      nurse.session.execute({ commandId: uuid(), sessionId, command: arrived, witness: { personId, pin } }),
      nurse.drugLog.receive({ commandId: uuid(), stock, units: 10, witness: { personId, pin } }),
    ];
    const before = head();
    for (const act of [...acts(firstPin), ...acts('314159')]) expect(await codeOf(act)).toBe('STAFF_FIRST_PIN');
    expect(head()).toBe(before);
    await page().staff.signIn({ personId, pin: firstPin, newPin: ownPin });
    for (const act of acts(ownPin).slice(1)) expect(await codeOf(act)).toBe('accepted');
  });

  test('MAKER-2, MAKER-3 nobody makes a prescriber alone while somebody could stand by, and the log says who did', async () => {
    const nurse = page(room.nurseId);
    const prescriber = { name: 'Pat', role: 'prescriber', pin: firstPin } as const;
    const { therapistId: confirmer } = room;
    expect(await nurse.staff.makings()).toContainEqual({ role: 'prescriber', confirmers: [confirmer] });
    expect(await codeOf(nurse.staff.add(prescriber))).toBe('STAFF_WITNESS_REQUIRED');
    expect(await codeOf(nurse.staff.add({ ...prescriber, confirm: { personId: room.nurseId, pin: testPin } }))).toBe(
      'STAFF_WITNESS_REQUIRED',
    );
    expect(await codeOf(nurse.staff.add({ ...prescriber, confirm: { personId: confirmer, pin: '314159' } }))).toBe('STAFF_WRONG_PIN');
    expect(await codeOf(nurse.staff.add({ ...prescriber, confirm: { personId: confirmer, pin: testPin } }))).toBe('accepted');
    expect(logged()).toContain(`"confirmedBy":{"personId":"${confirmer}","name":"Therapist"}`);
    expect(await codeOf(page(confirmer).staff.add({ name: 'Another', role: 'nurse', pin: firstPin }))).toBe('STAFF_NOT_ALLOWED');
  });

  test('MAKER-7 a PIN given anew is a first PIN, takes the seats of its owner, and takes what making them takes', async () => {
    const it = addKnownPerson(room.room, { name: 'Ida', role: 'it', pin: '917402' });
    const prescriber = addKnownPerson(room.room, { name: 'Pat', role: 'prescriber', pin: '580213' });
    const nurse = page(room.nurseId);
    const seated = page(room.therapistId);
    expect(await codeOf(nurse.staff.resetPin({ personId: room.nurseId, pin: firstPin }))).toBe('STAFF_NOT_ALLOWED');
    expect(await codeOf(nurse.staff.resetPin({ personId: prescriber.personId, pin: firstPin }))).toBe('STAFF_NOT_ALLOWED');
    expect(await codeOf(nurse.staff.resetPin({ personId: room.therapistId, pin: '123456' }))).toBe('STAFF_PIN_WEAK');
    const confirm = { personId: it.personId, pin: '917402' };
    expect(await codeOf(nurse.staff.resetPin({ personId: room.therapistId, pin: firstPin }))).toBe('STAFF_WITNESS_REQUIRED');
    expect(await codeOf(nurse.staff.resetPin({ personId: room.therapistId, pin: firstPin, confirm }))).toBe('accepted');
    expect(await codeOf(seated.session.list())).toBe('STAFF_NOT_SIGNED_IN');
    expect(await codeOf(page().staff.signIn({ personId: room.therapistId, pin: testPin }))).toBe('STAFF_WRONG_PIN');
    expect(await codeOf(page().staff.signIn({ personId: room.therapistId, pin: firstPin }))).toBe('STAFF_FIRST_PIN');
    expect(await codeOf(page().staff.signIn({ personId: room.therapistId, pin: firstPin, newPin: ownPin }))).toBe('accepted');

    // IT alone does not become the prescriber: nobody else of the ranks is there, so somebody with a PIN of their own confirms.
    const ofIt = page(it.personId);
    const again = { personId: prescriber.personId, pin: firstPin };
    expect(await codeOf(ofIt.staff.resetPin(again))).toBe('STAFF_WITNESS_REQUIRED');
    expect(await codeOf(ofIt.staff.resetPin({ ...again, confirm: { personId: prescriber.personId, pin: '580213' } }))).toBe(
      'STAFF_WITNESS_REQUIRED',
    );
    expect(await codeOf(ofIt.staff.resetPin({ ...again, confirm: { personId: room.nurseId, pin: testPin } }))).toBe('accepted');
    expect(await codeOf(page().staff.signIn({ personId: prescriber.personId, pin: '580213' }))).toBe('STAFF_WRONG_PIN');
  });
});
