import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { weighDoubts } from '../../electron/service/session/decide/doubts.ts';
import { emptyRoomState } from '../../electron/service/session/room/room-state.ts';
import { secondPersonRefusal } from '../../electron/service/staff/roles.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { roles, type Role } from '../../shared/contract/board/people.ts';
import { secondPersonActs, type SecondPersonAct } from '../../shared/contract/second-persons.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { pageOf, codeOf } from '../support/page.ts';

// A PIN is compared on purpose slowly, and much slower where the machine has else to do.
vi.setConfig({ testTimeout: 120_000 });

const unchosen = emptyRoomState.secondPersons;
const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;

describe('who may be the second person', () => {
  test.each(secondPersonActs)('SECOND-1 of %s is a nurse or a prescriber until the clinic has chosen', (act) => {
    expect(roles.filter((role) => secondPersonRefusal(role, act, unchosen) === null)).toEqual(['nurse', 'prescriber']);
  });

  test.each(secondPersonActs)('SECOND-2 of %s is whom the clinic has chosen, each act by itself', (chosenFor: SecondPersonAct) => {
    const chosen = { ...unchosen, [chosenFor]: ['therapist'] };
    for (const act of secondPersonActs) {
      const who = roles.filter((role) => secondPersonRefusal(role, act, chosen) === null);
      expect(who).toEqual(act === chosenFor ? ['therapist'] : ['nurse', 'prescriber']);
    }
    expect(secondPersonRefusal('nurse', chosenFor, chosen)?.message).toBe(
      'The second person here is a therapist, as this clinic has chosen.',
    );
  });

  test.each([
    ['nurse', true],
    ['prescriber', true],
    ['therapist', false],
  ] as const)('SECOND-1 a doubtful amount signed by a %s beside: passed %s', (role: Role, passed) => {
    const doubt = { key: 'amount', code: 'DOSE_OUTSIDE_PROTOCOL', words: 'Ten times the order', needs: 'second-person' } as const;
    const actor = { personId: 'a', name: 'First', role: 'nurse' } as const;
    const witness = { personId: 'b', name: 'Second', role };
    const answers = [{ key: 'amount', reason: 'as the prescriber asked' }];
    expect(weighDoubts([doubt], answers, { actor, secondPerson: witness, secondPersons: unchosen }).open).toHaveLength(passed ? 0 : 1);
    expect(weighDoubts([doubt], answers, { actor, secondPerson: witness }).open).toHaveLength(passed ? 0 : 1);
    const chosen = { ...unchosen, 'doubtful-amounts': ['therapist' as const] };
    expect(weighDoubts([doubt], answers, { actor, secondPerson: witness, secondPersons: chosen }).open).toHaveLength(passed ? 1 : 0);
  });
});

describe('a room that has chosen', () => {
  let room: TestRoom;
  let page: RoomClient;
  beforeEach(() => {
    room = openTestRoom();
    page = pageOf(room.host, room.nurseId);
  });
  afterEach(() => room.close());
  test('SECOND-3 takes no other second person, whatever the page offers, and keeps its choice', async () => {
    const sessionId = room.openSession();
    const uuid = (): string => room.room.ids.uuid();
    const witness = { personId: room.therapistId, pin: testPin };
    const send = (command: SessionCommandInput) => codeOf(page.session.execute({ commandId: uuid(), sessionId, command, witness }));
    const draw: SessionCommandInput = { type: 'draw-controlled-drug', stock, mg: 50, lot: 'A-1' };
    const receive = () => codeOf(page.drugLog.receive({ commandId: uuid(), stock, units: 10, witness }));
    room.execute({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    room.execute({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true });
    const check: SessionCommandInput = { type: 'confirm-double-check', readBack: 'ketamine 40 mg' };

    await page.setup.secondPersons(unchosen);
    await room.restart();
    page = pageOf(room.host, room.nurseId);
    expect(room.room.recorder.room.secondPersons).toEqual({
      'double-check': ['nurse', 'prescriber'],
      'controlled-drugs': ['nurse', 'prescriber'],
      'doubtful-amounts': ['nurse', 'prescriber'],
    });
    const before = room.room.recorder.session?.log.length;
    expect([await send(check), await send(draw), await receive()]).toEqual(Array<string>(3).fill('STAFF_NOT_ALLOWED'));
    expect(room.room.recorder.session?.log.length).toBe(before);

    await page.setup.secondPersons({ ...unchosen, 'double-check': ['nurse', 'therapist'] });
    expect([await send(check), await send(draw)]).toEqual(['accepted', 'STAFF_NOT_ALLOWED']);
    await page.setup.secondPersons({ ...unchosen, 'controlled-drugs': ['therapist'] });
    expect([await send(draw), await receive()]).toEqual(['accepted', 'accepted']);
    expect(await codeOf(page.setup.secondPersons({ ...unchosen, 'controlled-drugs': [] }))).not.toBe('accepted');
  });
});
