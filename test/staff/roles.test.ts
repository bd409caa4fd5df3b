import { describe, expect, test } from 'vitest';
import { roles, type Role } from '../../shared/contract/board/people.ts';
import {
  sessionCommandSchema,
  type SessionCommand,
  type SessionCommandInput,
  type SessionCommandType,
} from '../../shared/contract/session-commands.ts';
import { roleRefusal, roomRoleRefusal, secondPersonRefusal } from '../../electron/service/staff/roles.ts';
import { recordHistory } from '../../electron/service/projection/record-history.ts';
import { sessionMarks } from '../../electron/service/projection/session-marks.ts';
import { emptyRoomState } from '../../electron/service/session/room/room-state.ts';
import { isFor, roomRoles, roomTasks, sessionRoles, type RoomTask } from '../../shared/contract/role-table.ts';
import { sessionEventBodies, type SessionEvent, type SessionEventKind } from '../../electron/service/session/events/session-event.ts';
import { milestoneKeys, type MilestoneKey } from '../../shared/clinical/milestone.ts';
import { dosing } from '../session/played-session.ts';
import { takenCommand } from '../session/taken-commands.ts';

const id = '018f0000-0000-7000-8000-000000000000';
const types = sessionCommandSchema.options.map((option) => option.shape.type.value);
const clinical: readonly Role[] = ['nurse', 'prescriber'];
const allInRoom: readonly Role[] = ['nurse', 'therapist', 'prescriber'];

/** Said once more, by what the room needs: a table that is compared with itself proves nothing. */
const whoMay: Record<SessionCommandType, readonly Role[]> = {
  'record-weight': clinical,
  'order-dose': clinical,
  'order-injection': clinical,
  'order-devices': clinical,
  'order-lozenges': clinical,
  'start-dose': clinical,
  'change-rate': clinical,
  'change-bag': clinical,
  'pause-dose': clinical,
  'resume-dose': clinical,
  'give-bolus': clinical,
  'give-injection': clinical,
  'give-device': clinical,
  'place-lozenge': clinical,
  'expel-lozenge': clinical,
  'complete-dose': clinical,
  'stop-dose-early': clinical,
  'confirm-pump': clinical,
  'check-identity': clinical,
  'confirm-double-check': clinical,
  'record-remote-facts': clinical,
  'enter-vitals': clinical,
  'give-drug': clinical,
  'draw-controlled-drug': clinical,
  'waste-controlled-drug': clinical,
  'confirm-criterion': clinical,
  'record-escort': clinical,
  'override-criterion': clinical,
  'assess-discharge': clinical,
  'hand-over': clinical,
  'leave-against-advice': clinical,
  'answer-rems': clinical,
  'record-sex': allInRoom,
  'end-session': clinical,
  'sign-session': clinical,
  'change-surroundings': allInRoom,
  'request-stop': allInRoom,
  'reach-milestone': allInRoom,
  'open-rating': allInRoom,
  'answer-item': allInRoom,
  'finish-rating': allInRoom,
  'mark-not-assessable': allInRoom,
  'mark-slot-missed': allInRoom,
  'record-observation': allInRoom,
  'amend-observation': allInRoom,
  'record-adverse-event': allInRoom,
  'update-adverse-event': allInRoom,
  undo: allInRoom,
  'correct-administration': clinical,
  'correct-vitals': clinical,
  'correct-volume-left': clinical,
  'mark-artefact': clinical,
  'correct-time': allInRoom,
  'close-item': allInRoom,
  'cosign-session': allInRoom,
  'begin-amendment': allInRoom,
  'close-amendment': allInRoom,
};
/** Only the type and, for milestones, the milestone count here. */
const command = (type: string): SessionCommand => ({ type, milestone: 'intention', eventId: id }) as unknown as SessionCommand;
const allows = (role: (typeof roles)[number], type: string): boolean => roleRefusal(role, command(type), null) === null;

describe('roles', () => {
  test.each(types)('ROLE-1 %s has its row, and each role stands where the room needs it', (type) => {
    expect(sessionRoles[type]).toBeDefined();
    expect(roles.filter((role) => allows(role, type))).toEqual(whoMay[type]);
  });

  test.each(types.flatMap((type) => roles.map((role) => ({ type, role }))))(
    'ROLE-6 $type by $role where it would be taken from others is decided by the table',
    ({ type, role }) => {
      const { session, input, answers } = takenCommand(type);
      session.role = role;
      const before = session.log.length;
      const { refusal } = session.try(input, answers);
      const isRefusedByTable = refusal?.code === 'STAFF_NOT_ALLOWED' && refusal.message.startsWith('This is not for ');
      expect(isRefusedByTable).toBe(!whoMay[type].includes(role));
      // Nurses and prescribers get by wherever the table lets them, but for what only a prescriber passes over.
      if (whoMay[type].includes(role) && !(type === 'override-criterion' && role === 'nurse')) expect(refusal).toBeNull();
      if (refusal !== null) expect(session.log).toHaveLength(before);
    },
  );

  test('ROLE-2 what the table does not name is denied to everyone', () => {
    expect(roles.filter((role) => allows(role, 'erase-everything'))).toEqual([]);
    expect(roles.filter((role) => roomRoleRefusal(role, 'erase-everything' as never) === null)).toEqual([]);
  });

  /** What a therapist sees and nobody else does; the others are the nurse's, `discharged` and `double_check` among them. */
  const seen: readonly MilestoneKey[] = ['intention', 'onset', 'peak', 'emerging'];

  test.each(milestoneKeys)('ROLE-3 %s is recorded by those whose it is', (milestone) => {
    const who = roles.filter((role) => roleRefusal(role, { type: 'reach-milestone', milestone }, null) === null);
    expect(who).toEqual(seen.includes(milestone) ? ['nurse', 'therapist', 'prescriber'] : ['nurse', 'prescriber']);
  });

  test.each(milestoneKeys)('ROLE-4, ROLE-8 %s, once recorded, is undone and corrected by those whose it is', (milestone) => {
    const entry = { kind: 'milestone-reached', body: { milestone } } as SessionEvent;
    expect(whoChanges(entry)).toEqual(seen.includes(milestone) ? ['nurse', 'therapist', 'prescriber'] : ['nurse', 'prescriber']);
  });

  const ofTherapists: readonly SessionEventKind[] = [
    'rating-opened',
    'item-answered',
    'rating-finished',
    'rating-not-assessable',
    'slot-missed',
    'observation-recorded',
    'observation-amended',
    'surroundings-changed',
    'stop-requested',
    'adverse-event-recorded',
    'adverse-event-updated',
    'sex-recorded',
  ];
  const otherKinds = (Object.keys(sessionEventBodies) as SessionEventKind[]).filter((kind) => kind !== 'milestone-reached');

  test.each(otherKinds)('ROLE-8 an entry %s is undone and corrected by those whose it is', (kind) => {
    const who = ofTherapists.includes(kind) ? ['nurse', 'therapist', 'prescriber'] : ['nurse', 'prescriber'];
    expect(whoChanges({ kind, body: {} } as unknown as SessionEvent)).toEqual(who);
  });

  function whoChanges(entry: SessionEvent): Role[] {
    const undone = roles.filter((role) => roleRefusal(role, command('undo'), entry) === null);
    expect(roles.filter((role) => roleRefusal(role, command('correct-time'), entry) === null)).toEqual(undone);
    return undone;
  }

  const keepers: readonly Role[] = ['nurse', 'prescriber', 'it'];
  const tasks: Record<RoomTask, readonly Role[]> = {
    'read-protocols': ['nurse', 'therapist', 'prescriber', 'it'],
    'publish-protocol': ['prescriber'],
    'configure-monitor': ['nurse', 'it'],
    'remove-monitor': ['nurse', 'it'],
    'load-text-pack': keepers,
    'choose-formats': keepers,
    'choose-second-persons': keepers,
    'choose-privacy-cover': keepers,
    'keep-recovery-keys': keepers,
    'choose-pin-age': ['prescriber', 'it'],
    'leave-kiosk': ['it'],
    'find-patient': allInRoom,
    'add-patient': clinical,
    'open-session': clinical,
    'read-records': allInRoom,
    'read-looks': ['prescriber', 'it'],
    'read-drug-log': clinical,
    'keep-drug-log': clinical,
    'write-private-notes': ['therapist', 'prescriber'],
    'configure-private-notes': ['prescriber', 'it'],
  };

  test.each(roomTasks)('ROLE-1 %s, which is about no session, stands where the room needs it', (task) => {
    expect(roomRoles[task]).toBeDefined();
    expect(roles.filter((role) => roomRoleRefusal(role, task) === null)).toEqual(tasks[task]);
  });

  test('ROLE-9 what the page reads of the table is what the service decides by: tasks, commands, and whose an entry is', () => {
    for (const task of roomTasks) expect(roles.filter((role) => isFor(role, { task }))).toEqual(tasks[task]);
    for (const type of types) expect(roles.filter((role) => isFor(role, { type }))).toEqual(whoMay[type]);
    expect(roles.filter((role) => isFor(role, { type: 'undo', ofClinical: true }))).toEqual(clinical);
    const session = dosing().at(5);
    session.do({ type: 'reach-milestone', milestone: 'onset' });
    session.do({ type: 'pause-dose', reason: 'other' });
    const marks = sessionMarks(session.open, () => null);
    const ofNurses = session.log.filter((event) => roleRefusal('therapist', command('undo'), event) !== null).map(({ eventId }) => eventId);
    expect(marks.filter((mark) => mark.clinical !== true).map(({ milestone }) => milestone)).toEqual(['onset']);
    for (const { eventId, clinical: isClinical } of marks) expect(isClinical === true).toBe(ofNurses.includes(eventId));
    for (const { eventId, clinical: isClinical } of recordHistory(session.open, () => null)) {
      expect(isClinical === true).toBe(ofNurses.includes(eventId));
    }
  });

  test('STAFF-34 IT stands by for no clinical act, and everybody else may be asked to', () => {
    const chosen = emptyRoomState.secondPersons;
    expect(roles.filter((role) => secondPersonRefusal(role, null, chosen) === null)).toEqual(['nurse', 'therapist', 'prescriber']);
  });

  test('ROLE-4 a therapist undoes a note but not a pause, and the refusal says whom to ask', () => {
    const session = dosing().at(5);
    const note = session.do({ type: 'record-observation', text: 'calm', chips: [], begunAt: session.nowMs });
    const paused = session.do({ type: 'pause-dose', reason: 'other' });
    session.role = 'therapist';
    expect(session.try({ type: 'undo', eventId: paused.eventId }).refusal).toEqual({
      code: 'STAFF_NOT_ALLOWED',
      message: 'This is not for a therapist to record. Ask a nurse or a prescriber to sign in for it.',
    });
    expect(session.try({ type: 'correct-time', eventId: paused.eventId, utcMs: session.nowMs - 1, reason: 'said why' }).refusal?.code).toBe(
      'STAFF_NOT_ALLOWED',
    );
    expect(session.try({ type: 'undo', eventId: note.eventId }).refusal).toBeNull();
  });

  test('ROLE-4 whose an entry is counts for what changes it, and for nothing else', () => {
    const paused = { kind: 'dose-paused', body: {} } as unknown as SessionEvent;
    expect(roleRefusal('therapist', command('undo'), paused)?.code).toBe('STAFF_NOT_ALLOWED');
    expect(roleRefusal('therapist', command('record-observation'), paused)).toBeNull();
  });

  test('ROLE-5 IT changes nothing in a session and reads no record', () => {
    const session = dosing().at(5);
    session.role = 'it';
    const before = session.log.length;
    const inputs: SessionCommandInput[] = [
      { type: 'pause-dose', reason: 'other' },
      { type: 'record-observation', text: 'x', chips: [], begunAt: session.nowMs },
      { type: 'undo', eventId: session.log[0]?.eventId ?? id },
    ];
    for (const input of inputs) expect(session.try(input).refusal?.code).toBe('STAFF_NOT_ALLOWED');
    expect(session.log).toHaveLength(before);
    expect(roomTasks.filter((task) => roomRoles[task].includes('it'))).toEqual([
      'read-protocols',
      'configure-monitor',
      'remove-monitor',
      'load-text-pack',
      'choose-formats',
      'choose-second-persons',
      'choose-privacy-cover',
      'keep-recovery-keys',
      'choose-pin-age',
      'leave-kiosk',
      'read-looks',
      'configure-private-notes',
    ]);
  });
});
